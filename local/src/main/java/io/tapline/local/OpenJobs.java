package io.tapline.local;

import io.tapline.aws.ObjectVersion;
import io.tapline.job.Installation;
import io.tapline.job.Release;
import io.tapline.ledger.Job;
import io.tapline.ledger.JobId;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Mark;
import io.tapline.ledger.OpenRun;

/** Goes on with jobs that an earlier process left open on this machine. */
final class OpenJobs {

  private final OneMachine machine;
  private final Installation installation;

  OpenJobs(OneMachine machine) {
    this.machine = machine;
    this.installation = machine.installation();
  }

  /**
   * Lets the splitter at a job, wherever it stands, and fills the queue anew if it forgot.
   *
   * @throws UsageException when the job is just being opened elsewhere
   */
  void goOn(OpenRun open) {
    refill(open); // before the splitter, which may queue a later window that was begun
    Job job =
        ledger(open)
            .job()
            .orElseThrow(
                () ->
                    new UsageException(
                        "job %s of sync %s is being opened elsewhere, and goes first; push again when it is over"
                            .formatted(open.job(), open.sync())));
    ObjectVersion export = job.export();
    watchStaging(job);
    // An event about the export would find its first job.
    machine.split(
        JobId.isRepeat(job.id(), export)
            ? SplitterEvents.goOn(open.sync(), open.job())
            : SplitterEvents.objectCreated(export.bucket(), export.key(), export.etag()));
  }

  /** Lets the machine's figures be those of this job's staging. */
  void watchStaging(Job job) {
    JobLedger jobLedger = installation.ledger().job(job.sync(), job.id());
    long rows = jobLedger.latestMark().map(Mark::rows).orElse(0L);
    machine.figures().watchStaging(job, jobLedger.reportKey(""), rows);
  }

  /** Fills the queue anew if it forgot what was in it. */
  void refill(OpenRun open) {
    JobLedger jobLedger = ledger(open);
    if (jobLedger.run(open.run()).latestReleased().isPresent() && machine.hasForgetfulQueue()) {
      new Release(installation)
          .releaseAgain(
              jobLedger.job().orElseThrow(), jobLedger.lastMark().orElseThrow(), open.run());
    }
  }

  private JobLedger ledger(OpenRun open) {
    return installation.ledger().job(open.sync(), open.job());
  }
}
