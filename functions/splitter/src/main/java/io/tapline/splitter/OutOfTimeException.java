package io.tapline.splitter;

/**
 * The invocation's time ran out before an export was staged. Thrown out of the handler, it makes
 * Lambda invoke the function again with the same event, and staging goes on from its last mark.
 */
final class OutOfTimeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  OutOfTimeException(String job) {
    super(
        "the time ran out while job %s was staged; a retry goes on from its last mark"
            .formatted(job));
  }
}
