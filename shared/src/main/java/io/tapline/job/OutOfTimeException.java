package io.tapline.job;

/** The invocation's time was over while an export was read. */
final class OutOfTimeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  OutOfTimeException() {
    super("the time was over before the export was read");
  }
}
