package io.tapline.clevertap;

import io.tapline.aws.Clock;
import io.tapline.aws.TimeBudget;
import io.tapline.clevertap.CallEnd.Forbidden;
import io.tapline.clevertap.CallEnd.TryLater;
import io.tapline.sync.Connection;
import io.tapline.sync.ConnectionSource;
import io.tapline.sync.RetrySettings;
import io.tapline.sync.SettingsException;
import io.tapline.sync.Sync;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/**
 * Makes calls for one chunk and decides after each that did not go well whether to make it again
 * within this invocation. Not thread-safe.
 */
public final class Caller {

  /** What an invocation needs beyond its last call, to write down what became of it. */
  public static final Duration CLOSING = Duration.ofSeconds(5);

  /** A longer wait is better spent in the queue than in an invocation that is paid for. */
  private static final Duration MAX_RETRY_AFTER = Duration.ofSeconds(30);

  private final CleverTapApi api;
  private final ConnectionSource connections;
  private final Sync sync;
  private final Endpoint endpoint;
  private final Clock clock;
  private final TimeBudget budget;
  private final RetrySettings retry;
  private final Backoff backoff;
  private final CallCounts counts;
  private final CallTimes times;
  private boolean refreshed;

  /**
   * A caller for records of {@code sync}.
   *
   * @param budget the time that this invocation has; no call is started that may not end in it
   * @param counts adds each call to it
   * @param times adds how long each call took
   */
  public Caller(
      CleverTapApi api,
      ConnectionSource connections,
      Sync sync,
      Clock clock,
      TimeBudget budget,
      CallCounts counts,
      CallTimes times) {
    this.api = api;
    this.connections = connections;
    this.sync = sync;
    this.endpoint = Endpoint.of(sync.kind());
    this.clock = clock;
    this.budget = budget;
    this.retry = sync.retry();
    this.backoff = new Backoff(retry.firstDelay(), retry.maxDelay(), new SplittableRandom());
    this.counts = counts;
    this.times = times;
  }

  /**
   * Makes a call, with its retries.
   *
   * @param body the whole request
   * @param again whether its records were in an earlier call
   * @param tries told before each try, and after each but one that ends the call otherwise than by
   *     {@link TryLater}
   */
  public CallEnd call(byte[] body, boolean again, Tries tries) {
    try {
      return callWithRetries(body, again, tries);
    } catch (SettingsException e) {
      return new CallEnd.NoConnection(String.valueOf(e.getMessage()));
    }
  }

  private CallEnd callWithRetries(byte[] body, boolean again, Tries tries) {
    boolean repeated = again;
    int made = 0;
    while (hasTimeAfter(Duration.ZERO)) {
      Connection connection = connections.get(sync.connection());
      tries.sending();
      counts.called(repeated);
      repeated = true;
      Instant sent = clock.instant();
      Reply reply = api.post(connection, endpoint.path(), body, retry.callTimeout());
      times.took(Duration.between(sent, clock.instant()));
      Verdict verdict = Verdict.of(reply, sync, connection);
      switch (verdict.end()) {
        case Forbidden forbidden when !refreshed -> {
          tries.undecided(false);
          // The passcode may have been changed since it was read.
          refreshed = true;
          connections.refresh(sync.connection());
        }
        case TryLater later -> {
          if (later.code().equals(Verdict.THROTTLED)) {
            counts.throttled();
            times.throttled();
          }
          tries.undecided(verdict.unknown());
          made++;
          if (made >= retry.attempts() || later.retryAfter().compareTo(MAX_RETRY_AFTER) > 0) {
            return later;
          }
          Duration pause = longer(backoff.delay(made), later.retryAfter());
          if (!hasTimeAfter(pause)) {
            return later.outage() ? later : outOfTime(later.retryAfter());
          }
          clock.sleep(pause);
        }
        case CallEnd end -> {
          return end;
        }
      }
    }
    return outOfTime(Duration.ZERO);
  }

  /**
   * Waits before records are sent once more, the longer the more often they were.
   *
   * @param tries how often they were sent, from 1
   */
  public void pause(int tries) {
    Duration pause = backoff.delay(tries);
    if (hasTimeAfter(pause)) {
      clock.sleep(pause);
    }
  }

  private static TryLater outOfTime(Duration retryAfter) {
    return new TryLater("OUT_OF_TIME", "the invocation's time was over", false, retryAfter);
  }

  /** Whether a call that starts after {@code pause} would end in time, whatever it takes. */
  private boolean hasTimeAfter(Duration pause) {
    return budget.allows(pause.plus(retry.callTimeout()).plus(CLOSING));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
