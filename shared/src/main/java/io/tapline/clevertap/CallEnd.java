package io.tapline.clevertap;

import java.time.Duration;

/** What is left of a call after this invocation did what it could for it. */
public sealed interface CallEnd {

  /** Read and answered: the records' fate stands in the answer. */
  record Answered(UploadAnswer answer) implements CallEnd {}

  /**
   * Refused as a whole, and it would be again.
   *
   * @param status the HTTP status, 400, 413 or another of its kind; the code in the body where the
   *     status was 200
   * @param reason for a person; CleverTap's words, so it belongs in the work bucket only
   */
  record Refused(int status, String reason) implements CallEnd {}

  /**
   * The connection does not load, so that no call can be made.
   *
   * @param reason for a person: the place and what to do; holds no secret
   */
  record NoConnection(String reason) implements CallEnd {}

  /**
   * Credentials, region, permission or address are wrong: no call will go through.
   *
   * @param reason for a person
   */
  record Forbidden(int status, String reason) implements CallEnd {}

  /**
   * It was sent, and nobody knows whether CleverTap took it; it is not to be sent again unasked.
   *
   * @param reason for a person; holds nothing of a row
   */
  record Unknown(String reason) implements CallEnd {}

  /**
   * Surely not processed, or safe to repeat, or to be repeated by the sync's {@code
   * unknownOutcome}: to be tried again later.
   *
   * @param code HTTP's number as text, or an {@code UPPER_SNAKE} code of ours
   * @param reason for a person; holds nothing of a row
   * @param outage whether CleverTap is out of reach, rather than busy or this invocation out of
   *     time
   * @param retryAfter how long CleverTap asked us to wait; zero when it did not
   */
  record TryLater(String code, String reason, boolean outage, Duration retryAfter)
      implements CallEnd {}
}
