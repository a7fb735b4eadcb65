package io.tapline.local;

/**
 * Something that the user of the command line has to put right before anything can be done: exit
 * code 2.
 */
final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
