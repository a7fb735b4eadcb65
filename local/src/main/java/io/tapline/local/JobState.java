package io.tapline.local;

import io.tapline.ledger.Job;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.OpenRun;
import io.tapline.local.JobPlace.FoundJob;
import io.tapline.report.Report;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a job stands, as its ledger says. */
sealed interface JobState {

  /** Its last run is closed. */
  record Over(Report report) implements JobState {}

  /**
   * A run is not closed.
   *
   * @param job null while it is being opened
   * @param doing what happens to it, for a person
   * @param report of the runs before; null where this is the first
   */
  record Open(@Nullable Job job, String doing, @Nullable Report report) implements JobState {}

  /** Nothing is left of it that tells. */
  record Gone() implements JobState {}

  /**
   * Reads where a job stands. One that is over takes one request, one that is open a dozen, and
   * another one for each thousand of its chunks.
   *
   * @param marked its latest run that is marked as open; null where none is
   */
  static JobState of(FoundJob found, @Nullable OpenRun marked) {
    JobLedger ledger = found.ledger();
    if (marked != null && ledger.run(marked.run()).closed().isEmpty()) {
      Job job = ledger.job().orElse(null);
      String doing = job == null ? "being opened" : new OpenJob(found, job, marked.run()).doing();
      return new Open(job, doing, report(ledger).orElse(null));
    }
    return report(ledger).<JobState>map(Over::new).orElseGet(Gone::new);
  }

  private static Optional<Report> report(JobLedger ledger) {
    return ledger.report("report.json").map(Report::parse);
  }
}
