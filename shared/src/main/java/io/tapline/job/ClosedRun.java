package io.tapline.job;

import io.tapline.ledger.RowCounts;
import io.tapline.report.Report;
import io.tapline.report.Report.Status;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run that is closed, as those are told of it who watch an installation.
 *
 * @param report of its job; it is the last one of the {@link Report#runs()}
 * @param before the rows of the job as the run before left them; null for the first run, and where
 *     it is told again, without metrics
 * @param rejects the key of the rejected rows' file in the work bucket; null where there is none
 * @param again whether it was closed before, and may have been told then
 */
public record ClosedRun(
    Report report, @Nullable RowCounts before, @Nullable String rejects, boolean again) {

  /**
   * Its metrics. A row counts once, whatever the number of runs: a later run counts those that it
   * has decided, as accepted, rejected or refused.
   *
   * @param installation its name
   */
  public MetricLine metrics(Instant at, String installation) {
    RowCounts rows = report.rows();
    MetricLine line = new MetricLine(at, installation, report.sync());
    if (before == null) {
      line.with(Metric.ROWS_READ, rows.read())
          .with(Metric.ROWS_ACCEPTED, rows.accepted())
          .with(Metric.ROWS_REJECTED, rows.rejected())
          .with(Metric.ROWS_REFUSED, rows.refused())
          .with(Metric.ROWS_FAILED, rows.failed())
          .with(Metric.ROWS_UNKNOWN, rows.unknown())
          .with(Metric.ROWS_NOT_SENT, rows.notSent());
      if (rows.read() > 0) {
        line.with(Metric.REJECTED_SHARE, 100.0 * (rows.rejected() + rows.refused()) / rows.read());
      }
    } else {
      line.with(Metric.ROWS_ACCEPTED, rows.accepted() - before.accepted())
          .with(Metric.ROWS_REJECTED, rows.rejected() - before.rejected())
          .with(Metric.ROWS_REFUSED, rows.refused() - before.refused());
    }
    boolean failed = report.status() == Status.STOPPED || report.status() == Status.FAILED;
    return line.with(Metric.JOBS_CLOSED, 1)
        .with(Metric.JOBS_FAILED, failed ? 1 : 0)
        .with(Metric.JOBS_NOT_ADDED_UP, rows.addUp() ? 0 : 1)
        .with(Metric.JOB_DURATION, duration().toSeconds());
  }

  /** From the opening of the job to its report. */
  Duration duration() {
    return Duration.between(report.startedAt(), report.finishedAt());
  }
}
