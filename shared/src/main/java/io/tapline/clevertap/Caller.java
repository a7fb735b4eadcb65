package io.tapline.clevertap;

import io.tapline.aws.Clock;
import io.tapline.aws.TimeBudget;
import io.tapline.sync.Connection;
import io.tapline.sync.ConnectionSource;
import io.tapline.sync.RetrySettings;
import io.tapline.sync.Sync;
import io.tapline.sync.UnknownOutcome;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/**
 * Makes calls for one chunk and decides after each that did not go well whether to make it again
 * within this invocation. Not thread-safe.
 *
 * <p>429, 503 and a connection that was never had are surely not processed. Of 500, 502, 504, a
 * lost connection and an answer that is not CleverTap's nobody knows: what is safe to repeat is
 * repeated, events by the sync's {@code unknownOutcome}.
 */
public final class Caller {

  /** What an invocation needs beyond its last call, to write down what became of it. */
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private static final int ERROR_TEXT_LIMIT = 200;

  private final CleverTapApi api;
  private final ConnectionSource connections;
  private final Sync sync;
  private final String path;
  private final Clock clock;
  private final TimeBudget budget;
  private final BackoffStrategy backoff;
  private final CallCounts counts = new CallCounts();
  private boolean refreshed;

  /** A caller for records of {@code sync}, to the API at {@code path}. */
  public Caller(
      CleverTapApi api,
      ConnectionSource connections,
      Sync sync,
      String path,
      Clock clock,
      TimeBudget budget) {
    this.api = api;
    this.connections = connections;
    this.sync = sync;
    this.path = path;
    this.clock = clock;
    this.budget = budget;
    RetrySettings retry = sync.retry();
    this.backoff = BackoffStrategy.exponentialDelay(retry.firstDelay(), retry.maxDelay());
  }

  /** What all calls so far came to. */
  public CallCounts counts() {
    return counts;
  }

  /**
   * Makes a call, with its retries.
   *
   * @param again whether these records were in an earlier call
   */
  public CallEnd call(byte[] body, int records, boolean again) {
    boolean repeated = again;
    for (int attempt = 1; ; attempt++) {
      if (!allowsCallAfter(Duration.ZERO)) {
        return outOfTime();
      }
      Connection connection = connections.get(sync.connection());
      counts.called(repeated);
      repeated = true;
      Judged judged =
          judge(api.post(connection, path, body, sync.retry().callTimeout()), connection);
      if (judged.end instanceof CallEnd.Forbidden && !refreshed) {
        // The passcode may have been changed since it was read.
        refreshed = true;
        connections.refresh(sync.connection());
        attempt--;
        continue;
      }
      if (!(judged.end instanceof CallEnd.TryLater later)) {
        return judged.end;
      }
      Duration pause = longer(backoff.computeDelay(attempt), judged.retryAfter);
      if (attempt >= sync.retry().attempts()) {
        return later;
      }
      if (!allowsCallAfter(pause)) {
        return later.outage() ? later : outOfTime();
      }
      clock.sleep(pause);
      if (judged.unknown) {
        counts.sentAgainAfterUnknown(records);
      }
    }
  }

  /**
   * Waits before records are sent once more, the longer the more often they were.
   *
   * @param attempt how often they were sent, from 1
   */
  public void pause(int attempt) {
    Duration pause = backoff.computeDelay(attempt);
    if (allowsCallAfter(pause)) {
      clock.sleep(pause);
    }
  }

  private Judged judge(Reply reply, Connection connection) {
    return switch (reply) {
      case Reply.NotSent notSent -> later("NO_CONNECTION", notSent.reason(), true, null);
      case Reply.Lost lost -> unknown("NO_ANSWER", lost.reason());
      case Reply.Answer answer -> judge(answer, connection);
    };
  }

  private Judged judge(Reply.Answer answer, Connection connection) {
    Optional<UploadAnswer> parsed = UploadAnswer.parse(answer.body());
    int status = answer.status();
    if (status == 200) {
      if (parsed.isEmpty()) {
        return unknown("NO_ANSWER", "HTTP 200 with a body that is not CleverTap's");
      }
      Integer code = parsed.get().code();
      if (code == null || code == 200 || !parsed.get().refusals().isEmpty()) {
        return new Judged(new CallEnd.Answered(parsed.get()), null, false);
      }
      status = code;
    }
    String reason =
        "HTTP " + status + parsed.map(UploadAnswer::error).map(Caller::shorten).orElse("");
    return switch (status) {
      case 429 -> {
        counts.throttled();
        yield later("429", reason, false, answer.retryAfter());
      }
      case 503 -> later("503", reason, true, answer.retryAfter());
      case 401, 403, 404, 405 ->
          new Judged(
              new CallEnd.Forbidden(
                  status,
                  "%s from %s. Account id, passcode and region of connection \"%s\" must belong together (a wrong region answers 401, too)"
                      .formatted(reason, connection.baseUrl().getHost(), connection.name())),
              null,
              false);
      default ->
          status >= 500
              ? unknown(Integer.toString(status), reason)
              : new Judged(new CallEnd.Refused(status, reason), null, false);
    };
  }

  /** Nobody knows what became of the call. */
  private Judged unknown(String code, String reason) {
    if (!sync.isEvents()) {
      return later(code, reason, true, null);
    }
    return sync.unknownOutcome() == UnknownOutcome.HOLD
        ? new Judged(new CallEnd.Unknown(reason), null, true)
        : new Judged(new CallEnd.TryLater(code, reason, true), null, true);
  }

  private static Judged later(
      String code, String reason, boolean outage, @Nullable Duration retryAfter) {
    return new Judged(new CallEnd.TryLater(code, reason, outage), retryAfter, false);
  }

  private static CallEnd outOfTime() {
    return new CallEnd.TryLater("OUT_OF_TIME", "the invocation's time was over", false);
  }

  private boolean allowsCallAfter(Duration pause) {
    return budget.allows(pause.plus(sync.retry().callTimeout()).plus(CLOSING));
  }

  private static Duration longer(Duration pause, @Nullable Duration retryAfter) {
    return retryAfter != null && retryAfter.compareTo(pause) > 0 ? retryAfter : pause;
  }

  private static String shorten(String error) {
    return ": "
        + (error.length() <= ERROR_TEXT_LIMIT ? error : error.substring(0, ERROR_TEXT_LIMIT) + "…");
  }

  private record Judged(CallEnd end, @Nullable Duration retryAfter, boolean unknown) {}
}
