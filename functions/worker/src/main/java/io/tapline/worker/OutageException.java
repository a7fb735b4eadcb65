package io.tapline.worker;

/**
 * CleverTap is out of reach. Thrown out of the handler, it makes Lambda's event source mapping slow
 * down for all lanes, which a reported item failure does not.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">The
 *     mapping's backoff</a>
 */
final class OutageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  OutageException(String reason) {
    super(reason);
  }
}
