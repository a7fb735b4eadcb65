package io.tapline.clevertap;

/** What is left of a call after this invocation did what it could for it. */
public sealed interface CallEnd {

  /** Read and answered: the records' fate stands in the answer. */
  record Answered(UploadAnswer answer) implements CallEnd {}

  /**
   * Refused as a whole, and it would be again.
   *
   * @param status the HTTP status: 400, 413 or another of its kind
   */
  record Refused(int status, String reason) implements CallEnd {}

  /** Credentials, region, permission or address are wrong: no call will go through. */
  record Forbidden(int status, String reason) implements CallEnd {}

  /**
   * It was sent, and nobody knows whether CleverTap took it; it is not to be sent again unasked.
   */
  record Unknown(String reason) implements CallEnd {}

  /**
   * Surely not processed, or safe to repeat: to be tried again later.
   *
   * @param code HTTP's number as text, or an {@code UPPER_SNAKE} code of ours
   * @param outage whether CleverTap is out of reach, rather than busy or this invocation out of
   *     time
   */
  record TryLater(String code, String reason, boolean outage) implements CallEnd {}
}
