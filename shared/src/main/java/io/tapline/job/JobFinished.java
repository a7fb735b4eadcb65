package io.tapline.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapline.ledger.InstantModule;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.RowCounts;
import io.tapline.report.Report;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The event of a finished job. Its JSON form is a contract: rules and whoever they feed read it by
 * these names. It holds no personal data, and no text that may quote a row: those are in the
 * report.
 *
 * @param installation its name
 * @param run the number of the run that was closed; by it and the job one can tell that an event
 *     came twice
 * @param durationSeconds from the opening of the job to its report
 * @param stopped the code of what stopped the run; null when nothing did
 * @param topReasons why most rows were rejected or refused, the most frequent first; at most five
 * @param report where {@code report.json} is
 * @param page where {@code report.html} is, the same for people
 * @param rejects where the rejected rows are; null where there is no such file
 */
public record JobFinished(
    String installation,
    String job,
    String sync,
    int run,
    int runs,
    Report.Status status,
    Report.Export export,
    Instant startedAt,
    Instant finishedAt,
    long durationSeconds,
    RowCounts rows,
    Report.Calls calls,
    Report.Chunks chunks,
    Report.@Nullable Segment segment,
    @Nullable String stopped,
    List<Reason> topReasons,
    Place report,
    Place page,
    @Nullable Place rejects) {

  /** The kind of event, for rules. */
  public static final String DETAIL_TYPE = "Tapline Job Finished";

  private static final int MOST_REASONS = 5;

  private static final JsonMapper JSON =
      JsonMapper.builder().addModule(new InstantModule()).build();

  /**
   * Rows that were not delivered for one reason.
   *
   * @param by {@code tapline} or {@code clevertap}
   */
  public record Reason(String by, String code, long count) {}

  /** An object of the work bucket. */
  public record Place(String bucket, String key) {}

  /**
   * The event of a run.
   *
   * @param installation its name
   * @param ledger where the run's job is
   */
  public static JobFinished of(String installation, Ledger ledger, ClosedRun closed) {
    Report report = closed.report();
    String bucket = ledger.workBucket();
    JobLedger job = ledger.job(report.sync(), report.job());
    return new JobFinished(
        installation,
        report.job(),
        report.sync(),
        report.runs(),
        report.runs(),
        report.status(),
        report.export(),
        report.startedAt(),
        report.finishedAt(),
        closed.duration().toSeconds(),
        report.rows(),
        report.calls(),
        report.chunks(),
        report.segment(),
        report.stopped() == null ? null : report.stopped().code(),
        report.reasons().stream()
            .limit(MOST_REASONS)
            .map(reason -> new Reason(reason.by(), reason.code(), reason.count()))
            .toList(),
        new Place(bucket, job.reportKey("report.json")),
        new Place(bucket, job.reportKey("report.html")),
        closed.rejects() == null ? null : new Place(bucket, closed.rejects()));
  }

  /** The event's detail. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
