package io.tapline.clevertap;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a call ended. */
public sealed interface Reply {

  /**
   * CleverTap, or something before it, answered.
   *
   * @param retryAfter how long it asked us to wait; null when it did not
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes of an answer; nobody compares replies
  record Answer(int status, byte[] body, @Nullable Duration retryAfter) implements Reply {}

  /**
   * No connection was had, so that nothing was sent.
   *
   * @param reason for a person
   */
  record NotSent(String reason) implements Reply {}

  /**
   * The connection broke or the time was over after the request began to be written: nobody knows
   * whether CleverTap took it.
   *
   * @param reason for a person
   */
  record Lost(String reason) implements Reply {}
}
