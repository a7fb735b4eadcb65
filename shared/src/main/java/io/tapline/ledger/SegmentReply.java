package io.tapline.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a try of a segment's step ended.
 *
 * @param code CleverTap's or HTTP's number as text, or an {@code UPPER_SNAKE} code of ours; null
 *     where the try went well
 * @param reason for a person; null where the try went well
 * @param url where the list can be put, a secret; null unless the reply is {@link Kind#URL}
 * @param segment the segment's id; null unless the reply is {@link Kind#COMPLETED}, and where
 *     CleverTap did not say
 * @param notBefore until when CleverTap asked us to wait; null when it did not
 */
public record SegmentReply(
    Kind kind,
    @Nullable String code,
    @Nullable String reason,
    @Nullable String url,
    @Nullable Long segment,
    @Nullable Instant notBefore,
    Instant at) {

  /** What a reply comes to. */
  public enum Kind {
    /** A URL was given. */
    URL,
    /** The list is stored. */
    STORED,
    /** The segment is being made. */
    COMPLETED,
    /** The URL is not good any more. */
    EXPIRED,
    /** It did not go well, surely had no effect or is safe to repeat, and may go well later. */
    LATER,
    /** Nobody knows whether CleverTap took it. */
    UNKNOWN,
    /** CleverTap refuses it, and would again. */
    REFUSED,
    /** Credentials, region, permission or address are wrong. */
    FORBIDDEN,
    /** The user's e-mail address is not that of an admin. */
    WRONG_EMAIL,
    /** It was not tried, and no other will be: the run is stopped, or has to be. */
    NOT_TRIED
  }

  /** Leaves the URL out. */
  @Override
  public String toString() {
    return "SegmentReply[kind=%s, code=%s, reason=%s, segment=%s, at=%s]"
        .formatted(kind, code, reason, segment, at);
  }
}
