package io.tapline.local;

import io.tapline.aws.Clock;
import io.tapline.ledger.Job;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Mark;
import io.tapline.ledger.RowCounts;
import io.tapline.ledger.RunLedger;
import io.tapline.local.progress.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Lets the workers and the finalizer at an installation until one run is closed. */
final class PushWork {

  private static final Duration POLL = Duration.ofMillis(100);

  /** How often the finalizer is called while the workers have work; on AWS it is once a minute. */
  private static final Duration FINALIZER_SCHEDULE = Duration.ofSeconds(5);

  /** A queue that is empty this often, although chunks are open, has lost their messages. */
  private static final int IDLE_ROUNDS = 20;

  private final OneMachine machine;
  private final Figures figures;
  private final Progress progress;
  private final BooleanSupplier ended;
  private final Clock clock;

  private final RunLedger run;
  private final Mark staged;
  private final long rows;

  /** How many of them were decided before it began. */
  private final long before;

  private final Instant began;

  private boolean isFinalizing;
  private String waiting = "";

  /**
   * The work at a run.
   *
   * @param ended says when the command was asked to end
   */
  PushWork(OneMachine machine, Progress progress, BooleanSupplier ended, Job job, int number) {
    this.machine = machine;
    this.figures = machine.figures();
    this.progress = progress;
    this.ended = ended;
    this.clock = machine.installation().clock();
    JobLedger jobLedger = machine.installation().ledger().job(job.sync(), job.id());
    this.run = jobLedger.run(number);
    this.staged = jobLedger.lastMark().orElseThrow();
    this.rows = RunRows.count(job, jobLedger, number, staged);
    this.began = clock.instant();
    RowCounts decided = RunRows.decided(jobLedger, number);
    this.before = decided.read();
    figures.watchRun(jobLedger.reportKey(""), number, decided);
  }

  /**
   * Works until the run is closed.
   *
   * @throws EndedException when the command was asked to end
   */
  void untilClosed() {
    progress.show(new PushingStage(figures, rows, clock));
    machine.startWorkers();
    Instant nextFinalizer = clock.instant().plus(FINALIZER_SCHEDULE);
    int idleRounds = 0;
    RuntimeException failure = null;
    while (true) {
      if (ended.getAsBoolean()) {
        throw new EndedException();
      }
      boolean idle = machine.isIdle();
      boolean ready = idle && machine.waiting().isEmpty();
      if (ready) {
        beginFinalizing();
      }
      if (ready || clock.instant().isAfter(nextFinalizer)) {
        failure = finish();
        nextFinalizer = clock.instant().plus(FINALIZER_SCHEDULE);
        if (run.closed().isPresent()) {
          progress.hide();
          return;
        }
      }
      // A list whose chunks are all through may still wait for its segment.
      boolean stuck = idle && (failure != null || run.outcomes().size() < chunks());
      idleRounds = stuck ? idleRounds + 1 : 0;
      if (idleRounds == IDLE_ROUNDS) {
        throw new IllegalStateException(
            "the queue is empty, but chunks are open; push the same file again to go on", failure);
      }
      tellOfWaiting();
      clock.sleep(POLL);
    }
  }

  /** Where it stands, for one who is told that it was broken off. */
  String standing() {
    return isFinalizing
        ? "all rows are decided, the report is not written yet"
        : String.format(
            Locale.ROOT,
            "%,d of %,d rows are decided, %,d of them rejected",
            figures.decided(),
            rows,
            figures.rejected());
  }

  /** Once all rows are decided. */
  private void beginFinalizing() {
    if (isFinalizing || figures.decided() < rows) {
      return;
    }
    isFinalizing = true;
    if (rows > 0 && run.stop().isEmpty()) {
      progress.say(
          String.format(
              Locale.ROOT,
              "pushed: %,d rows%s in %.1f s, %,d of them rejected",
              rows,
              before == 0 ? "" : String.format(Locale.ROOT, " (%,d before)", before),
              Duration.between(began, clock.instant()).toMillis() / 1000.0,
              figures.rejected()));
    }
    figures.watchFinalizing();
    progress.show(new FinalizingStage(figures, chunks()));
  }

  /** How many chunks the run takes up. */
  private int chunks() {
    return run.selection().map(selection -> selection.chunks().size()).orElse(staged.totalChunks());
  }

  /** The failure of another job must not end this push; its own shows in that it does not end. */
  private @Nullable RuntimeException finish() {
    try {
      machine.finish();
      return null;
    } catch (RuntimeException e) {
      return e;
    }
  }

  private void tellOfWaiting() {
    String reason = machine.waiting().orElse(waiting);
    if (!reason.equals(waiting)) {
      waiting = reason;
      progress.say("waiting: " + reason);
    }
  }
}
