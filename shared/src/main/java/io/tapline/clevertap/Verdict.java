package io.tapline.clevertap;

import io.tapline.clevertap.CallEnd.Answered;
import io.tapline.clevertap.CallEnd.Forbidden;
import io.tapline.clevertap.CallEnd.Refused;
import io.tapline.clevertap.CallEnd.TryLater;
import io.tapline.clevertap.CallEnd.Unknown;
import io.tapline.sync.Connection;
import io.tapline.sync.Sync;
import io.tapline.sync.UnknownOutcome;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one reply means for its call.
 *
 * <p>429, 503 and a connection that was never had are surely not processed. Of 500, 502, 504, a
 * lost connection and an answer that is not CleverTap's nobody knows: what is safe to repeat is
 * repeated, events by the sync's {@code unknownOutcome}.
 *
 * @param unknown whether these are events, and nobody knows whether CleverTap took them
 */
record Verdict(CallEnd end, boolean unknown) {

  /** The code of an end that is due to too many calls at once. */
  static final String THROTTLED = "429";

  private static final int MALFORMED = 400;

  /** Codes in a body up to this are HTTP's, above they are those of records. */
  private static final int LAST_HTTP_CODE = 504;

  /** Judges the reply to records of {@code sync}, sent over {@code connection}. */
  static Verdict of(Reply reply, Sync sync, Connection connection) {
    return switch (reply) {
      case Reply.NotSent notSent -> later("NO_CONNECTION", notSent.reason(), true, null);
      case Reply.Lost lost -> unknown("NO_ANSWER", lost.reason(), sync);
      case Reply.Answer answer -> ofAnswer(answer, sync, connection);
    };
  }

  private static Verdict ofAnswer(Reply.Answer answer, Sync sync, Connection connection) {
    Optional<UploadAnswer> parsed = UploadAnswer.parse(answer.body());
    if (answer.status() / 100 != 2) {
      return ofStatus(answer.status(), answer, parsed, sync, connection);
    }
    if (parsed.isEmpty()) {
      return unknown(
          "NO_ANSWER",
          "HTTP %d with a body that is not CleverTap's".formatted(answer.status()),
          sync);
    }
    Integer code = parsed.get().code();
    if (code == null && tellsNothingOfRecords(parsed.get(), sync)) {
      return new Verdict(new Refused(MALFORMED, reason(MALFORMED, parsed, connection)), false);
    }
    if (code == null || code == 200 || !parsed.get().refusals().isEmpty()) {
      return new Verdict(new Answered(parsed.get()), false);
    }
    boolean ofRecords = code > LAST_HTTP_CODE && !code.toString().equals(Refusal.SERVER_ERROR);
    return ofRecords
        ? new Verdict(new Refused(code, reason(code, parsed, connection)), false)
        : ofStatus(code, answer, parsed, sync, connection);
  }

  /** A failure without a list of records: as after a 400, halving the call finds them. */
  private static boolean tellsNothingOfRecords(UploadAnswer answer, Sync sync) {
    return answer.status().equals("fail")
        && answer.refusals().isEmpty()
        && !Endpoint.of(sync.kind()).countsRecords();
  }

  /** Judges an answer that is an error as a whole. */
  private static Verdict ofStatus(
      int status,
      Reply.Answer answer,
      Optional<UploadAnswer> parsed,
      Sync sync,
      Connection connection) {
    return switch (status) {
      case 429 -> later(THROTTLED, "HTTP 429, too many calls at once", false, answer.retryAfter());
      case 503 -> later("503", "HTTP 503, CleverTap is not available", true, answer.retryAfter());
      case 401, 403, 404, 405 ->
          new Verdict(
              new Forbidden(
                  status, ErrorText.forbidden(reason(status, parsed, connection), connection)),
              false);
      default ->
          status >= 500
              ? unknown(
                  Integer.toString(status),
                  "HTTP %d, an error of CleverTap's".formatted(status),
                  sync)
              : new Verdict(new Refused(status, reason(status, parsed, connection)), false);
    };
  }

  private static Verdict unknown(String code, String reason, Sync sync) {
    if (!sync.isEvents()) {
      return later(code, reason, true, null);
    }
    return new Verdict(
        sync.unknownOutcome() == UnknownOutcome.HOLD
            ? new Unknown(reason)
            : new TryLater(code, reason, true, Duration.ZERO),
        true);
  }

  private static Verdict later(
      String code, String reason, boolean outage, @Nullable Duration retryAfter) {
    Duration wait = retryAfter == null ? Duration.ZERO : retryAfter;
    return new Verdict(new TryLater(code, reason, outage, wait), false);
  }

  private static String reason(int status, Optional<UploadAnswer> parsed, Connection connection) {
    String error = parsed.map(UploadAnswer::error).orElse(null);
    return ErrorText.of(status, error, connection.passcode());
  }
}
