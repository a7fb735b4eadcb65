package io.tapline.job;

import io.tapline.aws.ObjectChangedException;
import io.tapline.aws.RangedInputStream;
import io.tapline.aws.TimeBudget;
import io.tapline.export.ExportReader;
import io.tapline.export.ReadPosition;
import io.tapline.export.Row;
import io.tapline.export.UnreadableExportException;
import io.tapline.ledger.Job;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.LearnedTypes;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.Mark;
import io.tapline.ledger.Stop;
import io.tapline.record.ColumnTypes;
import io.tapline.record.HeaderException;
import io.tapline.record.Rejection;
import io.tapline.sync.Sync;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Reads an export, deals its rows to lanes and writes them to the ledger as chunks, in constant
 * memory; then decides whether they may be sent. What it writes is a pure function of the export
 * and of {@code job.json}: it can die anywhere and be started again.
 */
public final class Staging {

  private static final long ROWS_PER_MARK = 500_000;
  private static final long BYTES_PER_MARK = 1L << 30;
  private static final int ROWS_PER_TIME_CHECK = 10_000;

  /** What is kept back of an invocation's time to end it cleanly. */
  private static final Duration CLOSING = Duration.ofSeconds(30);

  private final Installation installation;
  private final Ledger ledger;

  /** Stages jobs of this installation. */
  public Staging(Installation installation) {
    this.installation = installation;
    this.ledger = installation.ledger();
  }

  /**
   * Stages a job, from its latest mark on. A job that can't be sent is stopped.
   *
   * @return the mark at which staging ended; empty when the time ran out before
   */
  public Optional<Mark> stage(Job job, TimeBudget budget) {
    JobLedger jobLedger = ledger.job(job.sync(), job.id());
    Mark from = jobLedger.latestMark().orElseGet(() -> beginning(job));
    if (from.last()) {
      return Optional.of(from);
    }
    if (job.export().size() == 0) {
      stop(
          jobLedger,
          new Stop(
              "EMPTY_EXPORT",
              "the export has 0 bytes, not even a header line; see whether the query or the export"
                  + " failed, and export it again",
              null));
      return Optional.of(put(jobLedger, unread(job)));
    }
    RangedInputStream bytes =
        new RangedInputStream(installation.store(), job.export(), from.position().memberOffset());
    try (ExportReader reader =
            ExportReader.open(bytes, job.format(), from.position(), from.header());
        ChunkUploads uploads = new ChunkUploads(jobLedger)) {
      Sync sync = job.toSync();
      StagedRows staged = new StagedRows(job, sync, reader.header(), from, uploads);
      try {
        if (!read(reader, staged, jobLedger, sync, budget)) {
          return Optional.empty();
        }
      } catch (UnreadableExportException | ObjectChangedException | HeaderException e) {
        // What was read so far is told, and not sent.
        stop(jobLedger, stopFor(e));
        return Optional.of(put(jobLedger, staged.mark(reader, true, null)));
      }
      return Optional.of(decide(job, sync, reader, staged, jobLedger));
    } catch (UnreadableExportException | ObjectChangedException | HeaderException e) {
      stop(jobLedger, stopFor(e));
      return Optional.of(put(jobLedger, unread(job)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads rows to the end of the export.
   *
   * @return false when the time ran out before
   */
  private static boolean read(
      ExportReader reader, StagedRows staged, JobLedger jobLedger, Sync sync, TimeBudget budget)
      throws IOException {
    long rowsSinceMark = 0;
    long bytesSinceMark = 0;
    for (Row row = reader.next(); row != null; row = reader.next()) {
      staged.add(row);
      rowsSinceMark++;
      bytesSinceMark += reader.rowBytes();
      if (!sync.skipOnInvalidRecord() && staged.invalid() >= Mark.MAX_INVALID_ROWS) {
        return true; // enough to tell; the job stops anyway
      }
      if (rowsSinceMark == ROWS_PER_MARK || bytesSinceMark >= BYTES_PER_MARK) {
        put(jobLedger, staged.mark(reader, false, null));
        rowsSinceMark = 0;
        bytesSinceMark = 0;
      }
      if (rowsSinceMark % ROWS_PER_TIME_CHECK == 0 && !budget.allows(CLOSING)) {
        return false;
      }
    }
    return true;
  }

  /** Nothing was sent so far, and nothing is if a row stops the job. */
  private Mark decide(
      Job job, Sync sync, ExportReader reader, StagedRows staged, JobLedger jobLedger) {
    LearnedTypes learned = ledger.learnedTypes(job.sync());
    ColumnTypes types = staged.decideTypes(learned.types());
    staged.addInvalidUnder(types);
    Optional<Stop> stop = stopForInvalidRows(sync, staged);
    if (stop.isPresent()) {
      stop(jobLedger, stop.get());
      return put(jobLedger, staged.mark(reader, true, types));
    }
    while (!learn(job, learned, types)) {
      learned = ledger.learnedTypes(job.sync());
      types = staged.decideTypes(learned.types());
    }
    return put(jobLedger, staged.mark(reader, true, types));
  }

  private boolean learn(Job job, LearnedTypes learned, ColumnTypes types) {
    LearnedTypes next = learned.next(types.learn(learned.types()));
    return next.types().equals(learned.types()) || ledger.putLearnedTypes(job.sync(), next);
  }

  private static Optional<Stop> stopForInvalidRows(Sync sync, StagedRows staged) {
    if (staged.invalid() == 0) {
      return Optional.empty();
    }
    Rejection first = staged.invalidRows().getFirst();
    String found =
        "%d of %d rows read are invalid, the first is row %d (code %s%s)"
            .formatted(
                staged.invalid(),
                staged.rows(),
                first.row(),
                first.code(),
                first.column() == null ? "" : ", column " + first.column());
    if (!sync.skipOnInvalidRecord()) {
      return Optional.of(
          new Stop(
              "INVALID_RECORD",
              found
                  + "; skipOnInvalidRecord is off, so nothing was sent. Correct the rows in"
                  + " rejects, or turn it on to send the others",
              first.row()));
    }
    if (sync.maxInvalidRecords() != null
        && sync.maxInvalidRecords().isExceeded(staged.invalid(), staged.rows())) {
      return Optional.of(
          new Stop(
              "TOO_MANY_INVALID_RECORDS",
              "%s; that is over maxInvalidRecords (%s), so nothing was sent. Correct the rows in rejects and export again, or raise it"
                  .formatted(found, sync.maxInvalidRecords()),
              first.row()));
    }
    return Optional.empty();
  }

  private static Stop stopFor(RuntimeException e) {
    String code =
        switch (e) {
          case UnreadableExportException unreadable -> unreadable.code();
          case HeaderException header -> header.code();
          default -> "EXPORT_OVERWRITTEN";
        };
    return new Stop(code, String.valueOf(e.getMessage()), null);
  }

  private static void stop(JobLedger jobLedger, Stop stop) {
    jobLedger.run(1).putStop(stop);
  }

  private static Mark put(JobLedger jobLedger, Mark mark) {
    jobLedger.putMark(mark);
    return mark;
  }

  private static Mark beginning(Job job) {
    return new Mark(
        -1,
        null,
        ReadPosition.START,
        0,
        0,
        Collections.nCopies(job.lanes(), 0),
        null,
        null,
        0,
        List.of(),
        false,
        null);
  }

  /** The end of an export of which no row could be read. */
  private static Mark unread(Job job) {
    return new Mark(
        0,
        null,
        ReadPosition.START,
        0,
        0,
        Collections.nCopies(job.lanes(), 0),
        null,
        null,
        0,
        List.of(),
        true,
        null);
  }
}
