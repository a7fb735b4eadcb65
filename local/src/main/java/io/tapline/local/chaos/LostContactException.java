package io.tapline.local.chaos;

/**
 * What S3 or SQS does not answer in the end: the SDK's clients fail with an unchecked exception.
 */
final class LostContactException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LostContactException(Step step) {
    super("no answer to " + step);
  }
}
