package io.tapline.job;

import io.tapline.aws.Clock;
import io.tapline.chunk.ChunkId;
import io.tapline.ledger.ChunkHistory;
import io.tapline.ledger.Claim;
import io.tapline.ledger.Job;
import io.tapline.ledger.JobId;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.Mark;
import io.tapline.ledger.OpenRun;
import io.tapline.ledger.Redrive;
import io.tapline.ledger.Restage;
import io.tapline.ledger.RunLedger;
import io.tapline.ledger.Selection;
import io.tapline.ledger.Stop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Further runs of jobs, for what the runs before left open. */
public final class Redrives {

  private final Ledger ledger;
  private final Clock clock;

  /** Further runs of the jobs in this ledger. */
  public Redrives(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** What came of asking for a run. */
  public sealed interface Answer {

    /**
     * The finalizer takes it up.
     *
     * @param run its number
     */
    record Asked(int run) implements Answer {}

    /** The sweep opens a second job of the export. */
    record Restaged(Restage restage) implements Answer {}

    /**
     * There will be no such run.
     *
     * @param message why, and what to do
     */
    record Refused(String message) implements Answer {}
  }

  /**
   * Asks for the next run of a job. Asking once more before it is over changes nothing.
   *
   * @param stale whether to go on though a newer job of the sync was released
   * @param unknown whether to send events whose call has an unknown outcome
   */
  public Answer ask(Job job, boolean stale, boolean unknown) {
    JobLedger jobLedger = ledger.job(job.sync(), job.id());
    int last = jobLedger.latestRun();
    if (jobLedger.run(last).closed().isEmpty()) {
      // The marker may be missing: whoever asked for this run may have died before it.
      if (last > 1) {
        ledger.putOpen(new OpenRun(job.sync(), job.id(), last));
      }
      return new Answer.Refused(
          "run %d of job %s is not over; wait for its report".formatted(last, job.id()));
    }
    Redrive redrive = new Redrive(last + 1, stale, unknown, clock.instant());
    Optional<String> obstacle = obstacle(job, jobLedger, redrive);
    if (obstacle.isPresent()) {
      return new Answer.Refused(obstacle.get());
    }
    if (!jobLedger.putRedrive(redrive)) {
      return new Answer.Refused(
          "run %d of job %s was asked for by someone else just now; wait for its report"
              .formatted(redrive.run(), job.id()));
    }
    ledger.putOpen(new OpenRun(job.sync(), job.id(), redrive.run()));
    return new Answer.Asked(redrive.run());
  }

  /**
   * Asks for a second job of an export whose job was stopped before anything was released, with the
   * settings that its sync has now.
   */
  public Answer restage(Job job) {
    RunLedger first = ledger.job(job.sync(), job.id()).run(1);
    if (first.closed().isEmpty()) {
      return new Answer.Refused("job %s is not over; wait for its report".formatted(job.id()));
    }
    if (first.isReleasing(0)) {
      return new Answer.Refused(
          "rows of job %s were sent; use redrive without --restage for those that are open"
              .formatted(job.id()));
    }
    String firstJob = JobId.of(job.export());
    int repeat = 1;
    for (Optional<Claim> claim = ledger.claim(firstJob); claim.isPresent(); ) {
      String other = JobId.repeat(firstJob, repeat);
      JobLedger otherJob = ledger.job(claim.get().sync(), other);
      if (otherJob.run(1).isReleasing(0) || otherJob.run(1).closed().isEmpty()) {
        return new Answer.Refused(
            "job %s of this export was sent, is not over or has expired; see its report"
                .formatted(other));
      }
      repeat++;
      claim = ledger.claim(JobId.repeat(firstJob, repeat));
    }
    Restage restage =
        new Restage(
            JobId.repeat(firstJob, repeat),
            repeat,
            job.export().bucket(),
            job.export().key(),
            job.export().versionId(),
            clock.instant());
    ledger.putRestage(restage);
    return new Answer.Restaged(restage);
  }

  private Optional<String> obstacle(Job job, JobLedger jobLedger, Redrive redrive) {
    Mark staged = jobLedger.lastMark().orElseThrow();
    RunLedger first = jobLedger.run(1);
    Optional<Stop> stop = first.stop();
    if (stop.isPresent() && !first.isReleasing(0) && !stop.get().metAtRelease()) {
      return Optional.of(
          "job %s was stopped before anything was sent (%s); a redrive would stop again. Put right what its report says, then use --restage"
              .formatted(job.id(), stop.get().code()));
    }
    Map<ChunkId, ChunkHistory> histories = histories(job, jobLedger, redrive.run());
    OpenList list = OpenList.of(job, jobLedger, redrive.run() - 1, staged);
    Optional<String> obstacleOfList = list.obstacle(redrive);
    if (obstacleOfList.isPresent()) {
      return obstacleOfList;
    }
    if (select(staged, histories, redrive).chunks().isEmpty() && !list.isOpen()) {
      boolean unknown = histories.values().stream().anyMatch(history -> !history.open().isEmpty());
      return Optional.of(
          unknown
              ? "all that is open of job %s are events whose calls have an unknown outcome; add --unknown to send them once more, and they may count twice"
                  .formatted(job.id())
              : "nothing of job %s is open".formatted(job.id()));
    }
    if (!job.toSync().isEvents() && !redrive.stale() && ledger.isOvertaken(job)) {
      return Optional.of(
          "a newer export of sync %s was pushed after job %s; sending the rest of this one now would overwrite newer values. Add --stale to send it all the same"
              .formatted(job.sync(), job.id()));
    }
    return Optional.empty();
  }

  /** Works out which chunks a further run takes up, unless that was done. */
  void select(Job job, JobLedger jobLedger, int run, Mark staged) {
    RunLedger runLedger = jobLedger.run(run);
    if (run == 1 || runLedger.selection().isPresent()) {
      return;
    }
    Redrive redrive =
        jobLedger
            .redrive(run)
            .orElseThrow(() -> new IllegalStateException("nobody asked for run " + run));
    runLedger.putSelection(select(staged, histories(job, jobLedger, run), redrive));
  }

  private static Selection select(
      Mark staged, Map<ChunkId, ChunkHistory> histories, Redrive redrive) {
    List<ChunkId> chunks = new ArrayList<>();
    List<ChunkId> whole = new ArrayList<>();
    for (int lane = 0; lane < staged.chunks().size(); lane++) {
      for (int number = 0; number < staged.chunks().get(lane); number++) {
        ChunkId chunk = new ChunkId(lane, number);
        ChunkHistory history = histories.get(chunk);
        if (history == null || history.isForRedrive(redrive)) {
          chunks.add(chunk);
        }
        if (history == null) {
          whole.add(chunk);
        }
      }
    }
    return new Selection(chunks, whole);
  }

  /** Of each chunk that a run before {@code run} has an outcome of. */
  private static Map<ChunkId, ChunkHistory> histories(Job job, JobLedger jobLedger, int run) {
    boolean events = job.toSync().isEvents();
    Map<ChunkId, ChunkHistory> histories = new HashMap<>();
    jobLedger.readOutcomes(
        run - 1,
        (earlier, redrive, outcome) ->
            histories
                .computeIfAbsent(
                    new ChunkId(outcome.lane(), outcome.number()),
                    chunk -> new ChunkHistory(events))
                .add(outcome, redrive));
    return histories;
  }
}
