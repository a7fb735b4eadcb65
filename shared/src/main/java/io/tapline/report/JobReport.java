package io.tapline.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tapline.aws.ObjectUpload;
import io.tapline.chunk.ChunkId;
import io.tapline.export.Header;
import io.tapline.ledger.Job;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Mark;
import io.tapline.ledger.Outcome;
import io.tapline.ledger.RowCounts;
import io.tapline.ledger.Stop;
import io.tapline.record.ColumnTypes;
import io.tapline.record.ColumnTypes.Origin;
import io.tapline.record.ColumnTypes.TypedColumn;
import io.tapline.record.Rejection;
import io.tapline.report.Report.Chunks;
import io.tapline.report.Report.Export;
import io.tapline.report.Report.SentColumn;
import io.tapline.report.Report.Status;
import io.tapline.sync.CustomListSettings;
import io.tapline.sync.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Makes the report of a job out of its ledger, and writes it there. */
public final class JobReport {

  private final Job job;
  private final JobLedger ledger;
  private final int lastRun;
  private final Mark staged;

  /**
   * The report of a job whose runs are over.
   *
   * @param lastRun the number of the last one
   * @param staged the mark at which staging ended
   */
  public JobReport(Job job, JobLedger ledger, int lastRun, Mark staged) {
    this.job = job;
    this.ledger = ledger;
    this.lastRun = lastRun;
    this.staged = staged;
  }

  /**
   * Adds up, and writes the rejected rows where there are any, {@code report.html} and {@code
   * report.json}, in this order and over older ones.
   */
  public Report write(Instant now) {
    OutcomeTally tally = new OutcomeTally(job.toSync().isEvents());
    ledger.readOutcomes(lastRun, (run, redrive, outcome) -> tally.add(outcome, redrive));
    @Nullable Stop stop = ledger.run(lastRun).stop().orElse(null);
    boolean nothingPushed = tally.chunks() == 0;
    if (nothingPushed) {
      // The rows that staging found to be invalid are in no outcome.
      staged.invalidRows().forEach(tally::add);
    }
    Examples examples = new Examples(staged.header());
    CustomListSettings list = job.toSync().customList();
    ReadyRows ready = list == null ? ReadyRows.NONE : ReadyRows.of(ledger, lastRun, tally);
    RowCounts rows = rows(tally, nothingPushed, stop).plus(ready.settled());
    if (hasRejects(rows)) {
      try (RejectedRows rejected =
          nothingPushed ? rejectionsOfStaging(examples) : rejectionsOfRuns(tally, examples)) {
        writeRejects(rejected);
      }
    }
    int failedChunks = tally.failedChunks() + ready.failedChunks();
    Report report =
        new Report(
            job.id(),
            job.sync(),
            new Export(
                job.export().bucket(),
                job.export().key(),
                job.export().versionId(),
                job.export().size()),
            status(rows, stop),
            job.openedAt(),
            now,
            rows,
            tally.sentAgain(),
            lastRun,
            tally.calls().plus(ready.calls()),
            new Chunks(staged.totalChunks(), tally.chunks() - failedChunks, failedChunks),
            tally.reasons(examples),
            columns(),
            ready.segment(list),
            stop,
            ReportWarnings.of(staged, rows, stop != null, tally, ready),
            tally.timeline());
    String rejects = hasRejects(rows) ? rejectsName().orElse(null) : null;
    ledger.putReport("report.html", ReportPage.of(report, rejects).getBytes(UTF_8));
    ledger.putReport("report.json", report.toJson());
    return report;
  }

  /**
   * Where the rejected rows are written; empty where there are none, or the header is not known.
   *
   * @param rows those of the job's report
   */
  public Optional<String> rejectsKey(RowCounts rows) {
    return hasRejects(rows) ? rejectsName().map(ledger::reportKey) : Optional.empty();
  }

  private static boolean hasRejects(RowCounts rows) {
    return rows.rejected() + rows.refused() > 0;
  }

  /**
   * What was not pushed when the run was stopped was not sent; of a run that was not, nothing may
   * be missing.
   */
  private RowCounts rows(OutcomeTally tally, boolean nothingPushed, @Nullable Stop stop) {
    RowCounts pushed = tally.rows();
    long rejected = pushed.rejected() + (nothingPushed ? staged.invalid() : 0);
    long left = staged.rows() - pushed.read() - (nothingPushed ? staged.invalid() : 0);
    return new RowCounts(
        staged.rows(),
        pushed.accepted(),
        rejected,
        pushed.refused(),
        pushed.failed(),
        pushed.unknown(),
        pushed.notSent() + (stop == null ? 0 : left));
  }

  private static Status status(RowCounts rows, @Nullable Stop stop) {
    if (stop != null) {
      return Status.STOPPED;
    }
    if (rows.failed() + rows.unknown() + rows.notSent() > 0 || !rows.addUp()) {
      return Status.FAILED;
    }
    return rows.rejected() + rows.refused() > 0
        ? Status.COMPLETED_WITH_REJECTIONS
        : Status.COMPLETED;
  }

  private List<SentColumn> columns() {
    ColumnTypes types = staged.decided();
    if (types != null) {
      return types.columns().stream().map(JobReport::sentColumn).toList();
    }
    Header header = staged.header();
    return header == null
        ? List.of()
        : header.names().stream().map(name -> new SentColumn(name, name, null)).toList();
  }

  private static SentColumn sentColumn(TypedColumn column) {
    String sentAs = column.origin() == Origin.IGNORED ? null : column.sentAs();
    return new SentColumn(column.name(), sentAs, column.typeName());
  }

  private RejectedRows rejectionsOfRuns(OutcomeTally tally, Examples examples) {
    return new RejectedRows(
        ledger,
        staged,
        rowsPerChunk(),
        chunk -> tally.withRejections().contains(chunk) ? rejectionsOf(chunk) : Map.of(),
        examples::add);
  }

  private Map<Long, Rejection> rejectionsOf(ChunkId chunk) {
    List<Rejection> rejections = new ArrayList<>();
    for (int run = 1; run <= lastRun; run++) {
      ledger.run(run).outcome(chunk).map(Outcome::rejections).ifPresent(rejections::addAll);
    }
    return byRow(rejections);
  }

  private RejectedRows rejectionsOfStaging(Examples examples) {
    Map<Long, Rejection> invalid = byRow(staged.invalidRows());
    return new RejectedRows(ledger, staged, rowsPerChunk(), chunk -> invalid, examples::add);
  }

  private int rowsPerChunk() {
    return job.toSync().kind().rowsPerChunk();
  }

  private static Map<Long, Rejection> byRow(List<Rejection> rejections) {
    Map<Long, Rejection> byRow = new ConcurrentHashMap<>();
    rejections.forEach(rejection -> byRow.put(rejection.row(), rejection));
    return byRow;
  }

  private Optional<String> rejectsName() {
    return Optional.ofNullable(staged.header()).map(this::rejectsName);
  }

  private String rejectsName(Header header) {
    return isJsonLines(header) ? "rejects.jsonl" : "rejects.csv";
  }

  private boolean isJsonLines(Header header) {
    return job.format().type() == Format.Type.JSONL && !header.rejectsFile();
  }

  private void writeRejects(RejectedRows rows) {
    Header header = staged.header();
    if (header == null) {
      return;
    }
    try (ObjectUpload upload = ledger.uploadReport(rejectsName(header))) {
      if (isJsonLines(header)) {
        RejectsWriter.writeJsonLines(rows, upload);
      } else {
        RejectsWriter.writeCsv(header, rows, upload);
      }
      upload.complete();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
