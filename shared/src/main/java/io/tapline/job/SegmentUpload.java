package io.tapline.job;

import static java.util.Objects.requireNonNull;

import io.tapline.aws.TimeBudget;
import io.tapline.clevertap.ListFile;
import io.tapline.clevertap.SegmentAnswer;
import io.tapline.clevertap.SegmentApi;
import io.tapline.clevertap.SegmentRequest;
import io.tapline.job.SegmentMove.Over;
import io.tapline.job.SegmentMove.Try;
import io.tapline.job.SegmentMove.Wait;
import io.tapline.ledger.Job;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Mark;
import io.tapline.ledger.OpenRows.State;
import io.tapline.ledger.RunLedger;
import io.tapline.ledger.SegmentEnd;
import io.tapline.ledger.SegmentLedger;
import io.tapline.ledger.SegmentReply;
import io.tapline.ledger.SegmentStep;
import io.tapline.ledger.Stop;
import io.tapline.sync.Connection;
import io.tapline.sync.CustomListSettings;
import io.tapline.sync.SettingsException;
import io.tapline.sync.Sync;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a segment of a custom list whose parts are written: asks for a URL, puts the list there,
 * completes it. Each try is noted before and after, so that it can die anywhere and be started
 * again, also by several at a time. Not thread-safe.
 */
final class SegmentUpload {

  /** No list is put that might take longer than is left; it comes at least this fast, a second. */
  private static final long SLOWEST_BYTES = 8 << 20;

  /** What an invocation needs beyond a call, to write down what became of it. */
  private static final Duration CLOSING = Duration.ofSeconds(10);

  /** No function has more for a list. */
  private static final Duration LONGEST_PUT = Duration.ofMinutes(15);

  private final Installation installation;
  private final Job job;
  private final Sync sync;
  private final CustomListSettings settings;
  private final JobLedger jobLedger;
  private final int runNumber;
  private final RunLedger run;
  private final SegmentLedger segment;
  private final Mark staged;
  private final Duration hold;
  private final SegmentApi api;
  private @Nullable ListParts parts;

  /**
   * The upload of a job's custom list.
   *
   * @param run the run whose chunks all have an outcome
   * @param staged the mark at which staging ended
   * @param hold how long a try may belong to somebody else
   */
  SegmentUpload(
      Installation installation,
      Job job,
      JobLedger jobLedger,
      int run,
      Mark staged,
      Duration hold) {
    this.installation = installation;
    this.job = job;
    this.sync = job.toSync();
    this.settings = requireNonNull(sync.customList());
    this.jobLedger = jobLedger;
    this.runNumber = run;
    this.run = jobLedger.run(run);
    this.segment = this.run.segment();
    this.staged = staged;
    this.hold = hold;
    this.api = new SegmentApi(installation.cleverTap());
  }

  /**
   * Goes on as far as the time and CleverTap allow.
   *
   * @return why it has to wait; empty when it is over, and what became of the list is written
   */
  Optional<Wait> advance(TimeBudget budget) {
    Optional<SegmentEnd> known = segment.end();
    if (known.isPresent()) {
      stop(known.get());
      return Optional.empty();
    }
    boolean takenBefore = mayBeTakenBefore();
    while (true) {
      SegmentSteps steps = new SegmentSteps(segment.tries(), settings, takenBefore, hold);
      switch (steps.next(now())) {
        case Wait wait -> {
          return Optional.of(wait);
        }
        case Over over -> {
          end(over.end());
          return Optional.empty();
        }
        case Try next -> {
          Optional<SegmentEnd> obstacle = obstacle();
          if (obstacle.isPresent()) {
            end(obstacle.get());
            return Optional.empty();
          }
          if (!budget.allows(longest(next.step()).plus(CLOSING))) {
            return Optional.of(new Wait(now(), "the invocation's time is almost over"));
          }
          make(next, steps, budget);
        }
      }
    }
  }

  /** Whether an earlier run may have made a segment of the list; that remains true. */
  private boolean mayBeTakenBefore() {
    return IntStream.range(1, runNumber)
        .mapToObj(earlier -> jobLedger.run(earlier).segment().end())
        .flatMap(Optional::stream)
        .anyMatch(end -> end.left() == State.UNKNOWN);
  }

  /** What keeps the list from becoming a segment; of a stopped run it does not matter. */
  private Optional<SegmentEnd> obstacle() {
    return run.stop().isPresent() ? Optional.empty() : parts().obstacle(settings.name());
  }

  /** How long a try of a step may take. */
  private Duration longest(SegmentStep step) {
    return step == SegmentStep.PUT
        ? Duration.ofSeconds(1 + parts().size() / SLOWEST_BYTES)
        : sync.retry().callTimeout();
  }

  /**
   * Makes a try, unless somebody else is at it. One that must not be made is taken and noted all
   * the same: so nobody else makes it.
   */
  private void make(Try next, SegmentSteps steps, TimeBudget budget) {
    Optional<Stop> stop = run.stop();
    @Nullable Connection connection = null;
    if (stop.isEmpty()) {
      try {
        connection = connection(next.again());
      } catch (SettingsException e) {
        stop =
            Optional.of(new Stop(Stop.CONNECTION_UNUSABLE, String.valueOf(e.getMessage()), null));
      }
    }
    if (segment.putSent(next.step(), next.number(), next.url(), now())) {
      SegmentReply reply =
          connection == null
              ? SegmentNote.notTried(stop.orElseThrow(), now())
              : SegmentNote.of(ask(next, steps, connection, budget), now());
      segment.putReply(next.step(), next.number(), reply);
    }
  }

  private Connection connection(boolean again) {
    return again
        ? installation.connections().refresh(sync.connection())
        : installation.connections().get(sync.connection());
  }

  private SegmentAnswer ask(
      Try next, SegmentSteps steps, Connection connection, TimeBudget budget) {
    return switch (next.step()) {
      case URL -> api.url(connection, sync.retry().callTimeout());
      case PUT -> {
        ListFile list = parts().file(jobLedger);
        Duration left = budget.remaining(LONGEST_PUT).minus(CLOSING);
        yield api.put(steps.url(next.url()), list, left);
      }
      case COMPLETE ->
          api.complete(
              connection,
              new SegmentRequest(
                  settings.name(),
                  settings.userEmail(),
                  job.sync() + "-" + job.id() + ".csv",
                  settings.creator(),
                  steps.url(next.url()),
                  settings.replace()),
              sync.retry().callTimeout());
    };
  }

  private void end(SegmentEnd end) {
    segment.putEnd(end);
    // What was written first counts, also when this is not it.
    stop(segment.end().orElseThrow());
  }

  private void stop(SegmentEnd end) {
    if (end.stop() != null) {
      run.putStop(end.stop());
    }
  }

  private Instant now() {
    return installation.clock().instant();
  }

  private ListParts parts() {
    if (parts == null) {
      parts = ListParts.of(jobLedger, runNumber, staged);
    }
    return parts;
  }
}
