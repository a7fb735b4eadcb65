package io.tapline.job;

import io.tapline.clevertap.SegmentAnswer;
import io.tapline.ledger.SegmentReply;
import io.tapline.ledger.SegmentReply.Kind;
import io.tapline.ledger.Stop;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is noted of an answer, so that it counts after a crash, too. */
final class SegmentNote {

  private SegmentNote() {}

  /** The note on an answer that came just now. */
  static SegmentReply of(SegmentAnswer answer, Instant now) {
    return switch (answer) {
      case SegmentAnswer.Url url ->
          new SegmentReply(Kind.URL, null, null, url.url(), null, null, now);
      case SegmentAnswer.Stored stored ->
          new SegmentReply(Kind.STORED, null, null, null, null, null, now);
      case SegmentAnswer.Completed completed ->
          new SegmentReply(Kind.COMPLETED, null, null, null, completed.segment(), null, now);
      case SegmentAnswer.Expired expired ->
          failed(Kind.EXPIRED, "403", "HTTP 403 where the list is put", null, now);
      case SegmentAnswer.Later later ->
          failed(Kind.LATER, later.code(), later.reason(), until(later.retryAfter(), now), now);
      case SegmentAnswer.Unknown unknown ->
          failed(Kind.UNKNOWN, unknown.code(), unknown.reason(), null, now);
      case SegmentAnswer.Refused refused -> failed(Kind.REFUSED, null, refused.reason(), null, now);
      case SegmentAnswer.Forbidden forbidden ->
          failed(Kind.FORBIDDEN, null, forbidden.reason(), null, now);
      case SegmentAnswer.WrongEmail wrong ->
          failed(Kind.WRONG_EMAIL, null, wrong.reason(), null, now);
    };
  }

  /** The note on a try that is not made, because of {@code stop}. */
  static SegmentReply notTried(Stop stop, Instant now) {
    return failed(Kind.NOT_TRIED, stop.code(), stop.message(), null, now);
  }

  private static SegmentReply failed(
      Kind kind, @Nullable String code, String reason, @Nullable Instant notBefore, Instant now) {
    return new SegmentReply(kind, code, reason, null, null, notBefore, now);
  }

  /** As long as asked for, but not for ever. */
  private static @Nullable Instant until(Duration retryAfter, Instant now) {
    if (retryAfter.isZero()) {
      return null;
    }
    Duration most = SegmentSteps.MAX_DELAY;
    return now.plus(retryAfter.compareTo(most) < 0 ? retryAfter : most);
  }
}
