package io.tapline.job;

import io.tapline.aws.TimeBudget;
import io.tapline.ledger.Closed;
import io.tapline.ledger.Job;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.Mark;
import io.tapline.ledger.OpenRun;
import io.tapline.ledger.Released;
import io.tapline.ledger.RunLedger;
import io.tapline.report.JobReport;
import io.tapline.report.Report;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Looks after the open runs: releases what may be released, and closes what is through. */
public final class Finish {

  /** What is kept free for a run: to close one of some thousand chunks takes less. */
  private static final Duration ONE_RUN = Duration.ofSeconds(30);

  private final Installation installation;
  private final Ledger ledger;
  private final Release release;
  private final Redrives redrives;

  /** Looks after the runs of this installation. */
  public Finish(Installation installation) {
    this(installation, new Release(installation));
  }

  /** Looks after the runs of this installation; {@code release} queues what they release. */
  public Finish(Installation installation, Release release) {
    this.installation = installation;
    this.ledger = installation.ledger();
    this.release = release;
    this.redrives = new Redrives(ledger, installation.clock());
  }

  /**
   * Goes through all open runs, older jobs first, as far as the time goes. One that fails does not
   * keep the others waiting.
   *
   * @param closed told of each job as it is closed
   * @throws RuntimeException the first failure, after all runs were looked at
   */
  public void finish(TimeBudget budget, Consumer<Report> closed) {
    RuntimeException failure = null;
    for (OpenRun open : ledger.openRuns()) {
      if (!budget.allows(ONE_RUN)) {
        break;
      }
      try {
        finish(open).ifPresent(closed);
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private Optional<Report> finish(OpenRun open) {
    JobLedger jobLedger = ledger.job(open.sync(), open.job());
    Optional<Job> job = jobLedger.job();
    Optional<Mark> staged = job.isPresent() ? jobLedger.lastMark() : Optional.empty();
    if (staged.isEmpty()) {
      return Optional.empty(); // a splitter is at it
    }
    RunLedger run = jobLedger.run(open.run());
    if (run.closed().isPresent()) {
      ledger.deleteOpen(open); // whoever closed it died before this
      return Optional.empty();
    }
    redrives.select(job.get(), jobLedger, open.run(), staged.get());
    int outcomes = run.outcomes().size();
    release.release(job.get(), staged.get(), open.run(), outcomes);
    if (!isThrough(run, outcomes)) {
      return Optional.empty();
    }
    Report report =
        new JobReport(job.get(), jobLedger, open.run(), staged.get())
            .write(installation.clock().instant());
    run.putClosed(
        new Closed(report.rows(), report.status().name(), installation.clock().instant()));
    ledger.deleteOpen(open);
    return Optional.of(report);
  }

  /**
   * Whether every chunk that was queued has its outcome, and no more will be queued. Those of a
   * window that was begun count as queued: one that a stop met half-way is still made whole.
   */
  private static boolean isThrough(RunLedger run, int outcomes) {
    boolean isStopped = run.stop().isPresent();
    Optional<Released> latest = run.latestReleased();
    if (outcomes < latest.map(Released::chunks).orElse(0)) {
      return false;
    }
    return latest.map(Released::last).orElse(false)
        || (isStopped && !run.isReleasing(latest.map(Released::window).orElse(-1) + 1));
  }
}
