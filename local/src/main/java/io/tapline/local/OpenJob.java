package io.tapline.local;

import io.tapline.ledger.Job;
import io.tapline.ledger.JobId;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Mark;
import io.tapline.ledger.OpenRun;
import io.tapline.ledger.Released;
import io.tapline.ledger.RunLedger;
import io.tapline.ledger.Stop;
import io.tapline.local.JobPlace.FoundJob;
import io.tapline.sync.RecordKind;
import java.util.Locale;
import java.util.Optional;

/** A run that is not closed, as one sees it who is not at it. */
final class OpenJob {

  private final FoundJob found;
  private final Job job;
  private final int number;
  private final JobLedger ledger;
  private final RunLedger run;

  OpenJob(FoundJob found, Job job, int number) {
    this.found = found;
    this.job = job;
    this.number = number;
    this.ledger = found.ledger();
    this.run = ledger.run(number);
  }

  /** What happens to it, for a person. */
  String doing() {
    return (number == 1 ? "" : "run " + number + ", ") + step();
  }

  private String step() {
    Optional<Mark> mark = ledger.latestMark();
    if (mark.isEmpty() || !mark.get().last()) {
      return mark.map(m -> rows("staging,", m.rows()) + " so far").orElse("staging");
    }
    Optional<Stop> stop = run.stop();
    if (stop.isPresent()) {
      return "being stopped (" + stop.get().code() + ")";
    }
    Optional<Released> released = run.latestReleased();
    if (released.isEmpty()) {
      return older()
          .map(other -> "waiting for job " + other + ", which is older")
          .orElseGet(() -> rows("about to push", mark.get().rows()));
    }
    int done = run.outcomes().size();
    if (!released.get().last() || done < released.get().chunks()) {
      return pushing(mark.get(), done);
    }
    return job.toSync().kind() == RecordKind.LIST_MEMBER
        ? "pushed, the segment is being made"
        : "pushed, its report is being written";
  }

  /** The rows of a chunk are not counted by themselves, so those of a run are an estimate. */
  private String pushing(Mark staged, int done) {
    if (number == 1) {
      long share = staged.rows() * done / Math.max(1, staged.totalChunks());
      return rows(String.format(Locale.ROOT, "pushing, about %,d of", share), staged.rows());
    }
    int chunks =
        run.selection().map(selection -> selection.chunks().size()).orElse(staged.totalChunks());
    return String.format(Locale.ROOT, "pushing, %,d of %,d chunks", done, chunks);
  }

  private static String rows(String what, long rows) {
    return String.format(Locale.ROOT, "%s %,d rows", what, rows);
  }

  private Optional<String> older() {
    return found.place().ledger().openRuns(job).stream()
        .map(OpenRun::job)
        .filter(other -> JobId.ORDER.compare(other, job.id()) < 0)
        .findFirst();
  }
}
