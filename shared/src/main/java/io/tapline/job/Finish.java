package io.tapline.job;

import io.tapline.aws.TimeBudget;
import io.tapline.ledger.Closed;
import io.tapline.ledger.Job;
import io.tapline.ledger.JobId;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.Mark;
import io.tapline.ledger.OpenRun;
import io.tapline.ledger.Released;
import io.tapline.ledger.RowCounts;
import io.tapline.ledger.RunLedger;
import io.tapline.report.JobReport;
import io.tapline.report.Report;
import io.tapline.sync.RecordKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks after the open runs: releases what may be released, makes segments of custom lists, and
 * closes what is through.
 */
public final class Finish {

  /** What is kept free for a run: to close one of some thousand chunks takes less. */
  private static final Duration ONE_RUN = Duration.ofSeconds(30);

  private final Installation installation;
  private final Ledger ledger;
  private final Release release;
  private final Duration hold;
  private final Redrives redrives;

  /**
   * Looks after the runs of this installation.
   *
   * @param hold for how long a try to make a segment may be somebody else's, who works at it: the
   *     longest that one of those who look after runs may live; zero where this is the only one
   */
  public Finish(Installation installation, Duration hold) {
    this(installation, new Release(installation), hold);
  }

  /**
   * Looks after the runs of this installation.
   *
   * @param release queues what they release
   * @param hold how long another finalizer may run
   */
  public Finish(Installation installation, Release release, Duration hold) {
    this.installation = installation;
    this.ledger = installation.ledger();
    this.release = release;
    this.hold = hold;
    this.redrives = new Redrives(ledger, installation.clock());
  }

  /**
   * Goes through all open runs, older jobs first, as far as the time goes. One that fails does not
   * keep the others waiting.
   *
   * <p>A run is told after its report is written and it is closed, and before its marker goes.
   * Where {@code told} fails, or this dies, the marker stays, and the run is told again the next
   * time: at least once, and each time with the same totals. A marker that stays so keeps nothing
   * waiting but the report of the job's next run, which would replace the one that is to be told.
   *
   * @param told of each run as it is closed, and again where that may have failed
   * @return the custom lists that have to wait
   * @throws RuntimeException the first failure, after all runs were looked at
   */
  public List<WaitingList> finish(TimeBudget budget, Consumer<ClosedRun> told) {
    Pass pass = new Pass(budget, told, new ArrayList<>(), new ArrayList<>());
    Failures failures = new Failures();
    for (OpenRun open : ledger.openRuns()) {
      if (!budget.allows(ONE_RUN)) {
        break;
      }
      failures.collect(() -> finish(open, pass));
    }
    // At the end: those who are told may be slow to answer, and rows must not wait for that.
    for (Runnable telling : pass.untold()) {
      if (!budget.allows(ONE_RUN)) {
        break;
      }
      failures.collect(telling);
    }
    failures.rethrow();
    return pass.waiting();
  }

  /** What is done once. */
  private record Pass(
      TimeBudget budget,
      Consumer<ClosedRun> told,
      List<WaitingList> waiting,
      List<Runnable> untold) {}

  private void finish(OpenRun open, Pass pass) {
    JobLedger jobLedger = ledger.job(open.sync(), open.job());
    Optional<Job> job = jobLedger.job();
    Optional<Mark> staged = job.isPresent() ? jobLedger.lastMark() : Optional.empty();
    if (staged.isEmpty()) {
      return; // a splitter is at it
    }
    RunLedger run = jobLedger.run(open.run());
    JobReport jobReport = new JobReport(job.get(), jobLedger, open.run(), staged.get());
    if (run.closed().isPresent()) {
      pass.untold().add(() -> tellAgain(open, jobLedger, jobReport, pass.told()));
      return;
    }
    if (open.run() == 1 && staged.get().stop() != null) {
      run.putStop(staged.get().stop()); // whoever wrote the mark may have died before this
    }
    redrives.select(job.get(), jobLedger, open.run(), staged.get());
    int outcomes = run.outcomes().size();
    release.release(job.get(), staged.get(), open.run(), outcomes);
    if (!isThrough(run, outcomes)) {
      return;
    }
    if (job.get().toSync().kind() == RecordKind.LIST_MEMBER) {
      Optional<SegmentMove.Wait> wait =
          makeSegment(job.get(), open.run(), staged.get(), pass.budget());
      if (wait.isPresent()) {
        pass.waiting().add(new WaitingList(open, wait.get().until(), wait.get().reason()));
        return;
      }
    }
    close(open, jobLedger, jobReport, pass.told());
  }

  private void close(
      OpenRun open, JobLedger jobLedger, JobReport jobReport, Consumer<ClosedRun> told) {
    boolean isFirstRun = open.run() == 1;
    if (!isFirstRun && ledger.isOpen(new OpenRun(open.sync(), open.job(), open.run() - 1))) {
      return; // the report of that run is still to be told
    }
    Report report = jobReport.write(installation.clock().instant());
    boolean isOurs =
        jobLedger
            .run(open.run())
            .putClosed(
                new Closed(report.rows(), report.status().name(), installation.clock().instant()));
    RowCounts before =
        isFirstRun ? null : jobLedger.run(open.run() - 1).closed().orElseThrow().rows();
    tell(report, jobReport, before, !isOurs, told);
    ledger.deleteOpen(open);
  }

  /**
   * Tells of a run that was closed, by one who died before its marker went, or could not tell.
   *
   * <p>Where a later run has written its report, this one was told before, and its marker came
   * back: one who asks for a run puts the marker of a run that is not closed, and may be late.
   */
  private void tellAgain(
      OpenRun open, JobLedger jobLedger, JobReport jobReport, Consumer<ClosedRun> told) {
    jobLedger
        .report("report.json")
        .map(Report::parse)
        .filter(report -> report.runs() == open.run())
        .ifPresent(report -> tell(report, jobReport, null, true, told));
    ledger.deleteOpen(open);
  }

  private static void tell(
      Report report,
      JobReport jobReport,
      @Nullable RowCounts before,
      boolean again,
      Consumer<ClosedRun> told) {
    String rejects = jobReport.rejectsKey(report.rows()).orElse(null);
    told.accept(new ClosedRun(report, before, rejects, again));
  }

  /** Lists of a sync become segments in the order of their exports: else an older one would win. */
  private Optional<SegmentMove.Wait> makeSegment(Job job, int run, Mark staged, TimeBudget budget) {
    JobLedger jobLedger = ledger.job(job.sync(), job.id());
    boolean isStopped = jobLedger.run(run).stop().isPresent();
    boolean isOldest =
        ledger.openRuns(job).stream()
            .filter(other -> JobId.ORDER.compare(other.job(), job.id()) < 0)
            .allMatch(
                older ->
                    ledger.job(older.sync(), older.job()).run(older.run()).closed().isPresent());
    if (!isStopped && !isOldest) {
      return Optional.of(
          new SegmentMove.Wait(
              installation.clock().instant(), "an older list of its sync goes first"));
    }
    return new SegmentUpload(installation, job, jobLedger, run, staged, hold).advance(budget);
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
