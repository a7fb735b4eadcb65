package io.tapline.local;

/** Work was broken off, since its command was asked to end. */
final class EndedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  EndedException() {
    super("the command was asked to end");
  }
}
