package io.tapline.clevertap;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a call on a custom list's way to a segment came to. */
public sealed interface SegmentAnswer {

  /**
   * Where the list can be put, for a day.
   *
   * @param url a secret: whoever has it can put a list there
   */
  record Url(String url) implements SegmentAnswer {

    /** Leaves the URL out. */
    @Override
    public String toString() {
      return "Url[]";
    }
  }

  /** The list is stored. */
  record Stored() implements SegmentAnswer {}

  /**
   * CleverTap makes the segment; how that went it mails to the admin.
   *
   * @param segment its id; null where CleverTap did not say
   */
  record Completed(@Nullable Long segment) implements SegmentAnswer {}

  /** The URL is not good any more. */
  record Expired() implements SegmentAnswer {}

  /**
   * Surely not processed, or safe to repeat.
   *
   * @param code HTTP's number as text, or an {@code UPPER_SNAKE} code of ours
   * @param reason for a person; holds no secret and nothing of a row
   * @param retryAfter how long CleverTap asked us to wait; zero when it did not
   */
  record Later(String code, String reason, Duration retryAfter) implements SegmentAnswer {}

  /**
   * Nobody knows whether CleverTap took it, and only who asked knows whether it is safe to repeat.
   *
   * @param code as in {@link Later}
   * @param reason as in {@link Later}
   */
  record Unknown(String code, String reason) implements SegmentAnswer {}

  /**
   * Refused, and it would be again.
   *
   * @param reason for a person; CleverTap's words, so it belongs in the work bucket only
   */
  record Refused(String reason) implements SegmentAnswer {}

  /**
   * Credentials, region, permission or address are wrong.
   *
   * @param reason for a person
   */
  record Forbidden(String reason) implements SegmentAnswer {}

  /**
   * The e-mail address is not that of an admin.
   *
   * @param reason for a person; CleverTap's words
   */
  record WrongEmail(String reason) implements SegmentAnswer {}
}
