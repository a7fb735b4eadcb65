package io.tapline.local;

import io.tapline.job.Arrival;
import io.tapline.job.Installation;
import io.tapline.job.Opened;
import io.tapline.job.Opening;
import io.tapline.ledger.Job;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.Restage;
import io.tapline.report.Report;

/** Opens the job of a push, as the splitter would at an event. */
final class PushOpening {

  private final Ledger ledger;
  private final Opening opening;

  PushOpening(Installation installation) {
    this.ledger = installation.ledger();
    this.opening = new Opening(installation);
  }

  /**
   * Opens the job of an export, or finds it open.
   *
   * @param again whether an export whose job is over gets another one
   * @throws UsageException when nothing is to be pushed
   */
  Job open(String bucket, String key, boolean again) {
    Arrival arrival = new Arrival(bucket, key, null, null);
    for (int repeat = 1; ; repeat++) {
      switch (opening.open(arrival, repeat)) {
        case Opened.Open open -> {
          return open.job();
        }
        case Opened.Ignored ignored ->
            throw new UsageException(ignored.message() + "; nothing was pushed");
        case Opened.Over over -> {
          if (!again) {
            throw new UsageException(
                "this file was pushed before, as job %s%s; to push it once more, add --again"
                    .formatted(over.job(), endOf(over.job())));
          }
        }
      }
    }
  }

  /**
   * Opens the second job of an export that was asked for.
   *
   * @throws UsageException when it can't be
   */
  Job open(Restage restage) {
    Opened opened = opening.open(restage);
    ledger.deleteRestage(restage.job());
    return switch (opened) {
      case Opened.Open open -> open.job();
      case Opened.Ignored ignored -> throw new UsageException(ignored.message());
      case Opened.Over over -> throw new UsageException("job " + over.job() + " is over");
    };
  }

  /** How a job ended, where its report is still there: it expires sooner than its claim. */
  private String endOf(String job) {
    return ledger
        .claim(job)
        .flatMap(claim -> ledger.job(claim.sync(), job).report("report.json"))
        .map(Report::parse)
        .map(
            report ->
                ", which ended as "
                    + report.status()
                    + (report.calls().total() == 0 ? " before anything was sent" : ""))
        .orElse("");
  }
}
