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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks after the open runs: releases what may be released, and closes what is through. */
public final class Finish {

  /** Closing a run of ten thousand chunks takes less. */
  private static final Duration ONE_RUN = Duration.ofSeconds(30);

  private final Installation installation;
  private final Ledger ledger;

  /** Looks after the runs of this installation. */
  public Finish(Installation installation) {
    this.installation = installation;
    this.ledger = installation.ledger();
  }

  /**
   * Goes through all open runs, older jobs first, as far as the time goes. One that fails does not
   * keep the others waiting.
   *
   * @return the reports of the jobs that were closed
   * @throws RuntimeException the first failure, after all runs were looked at
   */
  public List<Report> finish(TimeBudget budget) {
    List<Report> reports = new ArrayList<>();
    RuntimeException failure = null;
    for (OpenRun open : ledger.openRuns()) {
      if (!budget.allows(ONE_RUN)) {
        break;
      }
      try {
        finish(open).ifPresent(reports::add);
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
    return reports;
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
    int outcomes = run.outcomes().size();
    new Release(installation).release(job.get(), staged.get(), open.run(), outcomes);
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

  /** Whether every chunk that was queued has its outcome, and no more will be queued. */
  private static boolean isThrough(RunLedger run, int outcomes) {
    Optional<Released> latest = run.latestReleased();
    if (run.stop().isPresent()) {
      return outcomes >= latest.map(Released::chunks).orElse(0);
    }
    return latest.isPresent() && latest.get().last() && outcomes >= latest.get().chunks();
  }
}
