package io.tapline.job;

import io.tapline.aws.ObjectChangedException;
import io.tapline.aws.RangedInputStream;
import io.tapline.aws.TimeBudget;
import io.tapline.export.ExportReader;
import io.tapline.export.Header;
import io.tapline.export.ReadPosition;
import io.tapline.export.Row;
import io.tapline.export.UnreadableExportException;
import io.tapline.ledger.Job;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.LearnedTypes;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.Mark;
import io.tapline.ledger.Stop;
import io.tapline.ledger.Timeout;
import io.tapline.record.ColumnTypes;
import io.tapline.record.HeaderException;
import io.tapline.sync.ColumnType;
import io.tapline.sync.Sync;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads an export, deals its rows to lanes and writes them to the ledger as chunks, in constant
 * memory; then decides whether they may be sent. What it writes is a pure function of the export
 * and of {@code job.json}: it can die anywhere and be started again.
 */
public final class Staging {

  /** A further run takes up what is staged. */
  private static final int FIRST_RUN = 1;

  private static final long ROWS_PER_MARK = 500_000;
  private static final long BYTES_PER_MARK = 1L << 30;

  /** Rows may have 1 MiB, so that a count of rows alone could let much time pass. */
  private static final int ROWS_PER_TIME_CHECK = 10_000;

  private static final long BYTES_PER_TIME_CHECK = 64 << 20;

  /** What is kept back of an invocation's time to end it cleanly. */
  private static final Duration CLOSING = Duration.ofSeconds(30);

  /** An invocation that had spent less than this on something else had its whole time. */
  private static final Duration WHOLE_TIME = Duration.ofMinutes(1);

  private final Installation installation;
  private final Ledger ledger;
  private final long rowsPerMark;

  /** Stages jobs of this installation. */
  public Staging(Installation installation) {
    this(installation, ROWS_PER_MARK);
  }

  /**
   * Stages jobs of this installation with other marks than usual.
   *
   * @param rowsPerMark rows between two marks; a job is to be staged with one number all the time
   */
  public Staging(Installation installation, long rowsPerMark) {
    this.installation = installation;
    this.ledger = installation.ledger();
    this.rowsPerMark = rowsPerMark;
  }

  /**
   * Stages a job, from its latest mark on. A job that can't be sent is stopped.
   *
   * @return the mark at which staging ended; empty when it has not: the time ran out before, or
   *     another invocation is at it; the next one, started with the same job, goes on
   */
  public Optional<Mark> stage(Job job, TimeBudget budget) {
    JobLedger jobLedger = ledger.job(job.sync(), job.id());
    Mark from = jobLedger.latestMark().orElseGet(() -> beginning(job));
    if (from.last()) {
      return ended(jobLedger);
    }
    if (job.export().size() == 0) {
      return stop(
          jobLedger,
          new Stop(
              "EMPTY_EXPORT",
              "the export has 0 bytes, not even a header line; see whether the query or the export"
                  + " failed, and export it again",
              null),
          brokenOffAt(from));
    }
    Attempt attempt = new Attempt(from, budget.spent(), installation.clock().instant());
    InputStream bytes =
        new TimedInputStream(
            new RangedInputStream(
                installation.store(), job.export(), from.position().memberOffset()),
            budget,
            CLOSING);
    try (ExportReader reader =
            ExportReader.open(bytes, job.format(), from.position(), from.header());
        ChunkUploads uploads = new ChunkUploads(jobLedger)) {
      Sync sync = job.toSync();
      Optional<Stop> stop = RejectedRowsOnly.stop(job.export().key(), sync, reader.header());
      if (stop.isPresent()) {
        return stop(jobLedger, stop.get(), brokenOffAt(from));
      }
      StagedRows staged =
          new StagedRows(job, sync, reader.header(), binding(job, reader.header()), from, uploads);
      try {
        if (!read(reader, staged, jobLedger, sync, budget)) {
          return ranOut(jobLedger, attempt);
        }
      } catch (UnreadableExportException | ObjectChangedException | HeaderException e) {
        // What was read so far is told, and not sent.
        return stop(jobLedger, stopFor(e), staged.breakOff(reader));
      }
      return decide(job, sync, reader, staged, jobLedger);
    } catch (UnreadableExportException | ObjectChangedException | HeaderException e) {
      return stop(jobLedger, stopFor(e), brokenOffAt(from));
    } catch (OutOfTimeException e) {
      return ranOut(jobLedger, attempt);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A few rejected rows must not change the types that whole exports have taught the sync. */
  private Map<String, ColumnType> binding(Job job, Header header) {
    return header.rejectsFile() ? ledger.learnedTypes(job.sync()).types() : Map.of();
  }

  /**
   * Reads rows to the end of the export.
   *
   * @return false when the time ran out before
   */
  private boolean read(
      ExportReader reader, StagedRows staged, JobLedger jobLedger, Sync sync, TimeBudget budget)
      throws IOException {
    Stretch sinceMark = new Stretch();
    Stretch sinceTimeCheck = new Stretch();
    for (Row row = reader.next(); row != null; row = reader.next()) {
      staged.add(row);
      if (!sync.skipOnInvalidRecord() && staged.invalid().count() >= Mark.MAX_INVALID_ROWS) {
        return true; // enough to tell; the job stops anyway
      }
      boolean isMark = sinceMark.endsWith(reader.rowBytes(), rowsPerMark, BYTES_PER_MARK);
      if (isMark) {
        jobLedger.putMark(staged.mark(reader));
      }
      boolean isTimeCheck =
          sinceTimeCheck.endsWith(reader.rowBytes(), ROWS_PER_TIME_CHECK, BYTES_PER_TIME_CHECK);
      if ((isMark || isTimeCheck) && !budget.allows(CLOSING)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Ends an invocation whose time was over. Where two in a row had all of it and came to no mark,
   * further ones would not either: the job is stopped. Only those count that ended like this, not
   * those that died of an error, which may pass.
   */
  private Optional<Mark> ranOut(JobLedger jobLedger, Attempt attempt) {
    int missed = attempt.from().number() + 1;
    Optional<Mark> latest = jobLedger.latestMark();
    if (latest.isPresent() && latest.get().number() >= missed) {
      return latest.filter(Mark::last);
    }
    if (attempt.spentBefore().compareTo(WHOLE_TIME) > 0) {
      return Optional.empty();
    }
    Optional<Timeout> earlier = jobLedger.timeout(missed);
    if (earlier.isEmpty()) {
      jobLedger.putTimeout(new Timeout(missed, installation.clock().instant()));
      return Optional.empty();
    }
    if (earlier.get().at().isAfter(attempt.began())) {
      return Optional.empty(); // it ran beside this one, not before it
    }
    Stop stop =
        new Stop(
            "NO_PROGRESS",
            "the splitter ran out of time twice in a row behind row "
                + attempt.from().rows()
                + " without getting on; export it unpacked instead of as gz, or in several parts",
            null);
    return stop(jobLedger, stop, brokenOffAt(attempt.from()));
  }

  /** Nothing was sent so far, and nothing is if a row stops the job. */
  private Optional<Mark> decide(
      Job job, Sync sync, ExportReader reader, StagedRows staged, JobLedger jobLedger) {
    while (true) {
      LearnedTypes learned = ledger.learnedTypes(job.sync());
      ColumnTypes types = staged.decideTypes(learned.types());
      Optional<Stop> stop = staged.invalidUnder(types).stop(sync, staged.rows());
      if (stop.isPresent()) {
        return stop(jobLedger, stop.get(), staged.end(reader, types));
      }
      // Where another job learned at the same time, other types may make other rows invalid.
      if (learn(job, learned, types)) {
        return end(jobLedger, staged.end(reader, types));
      }
    }
  }

  private boolean learn(Job job, LearnedTypes learned, ColumnTypes types) {
    LearnedTypes next = learned.next(types.learn(learned.types()));
    return next.types().equals(learned.types()) || ledger.putLearnedTypes(job.sync(), next);
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

  private static Optional<Mark> stop(JobLedger jobLedger, Stop stop, Mark last) {
    return end(jobLedger, last.stoppedFor(stop));
  }

  private static Optional<Mark> end(JobLedger jobLedger, Mark last) {
    if (jobLedger.lastMark().isEmpty()) {
      jobLedger.putMark(last);
    }
    return ended(jobLedger);
  }

  /**
   * Where staging ended, with its run stopped if it has to be. The mark that counts is the one that
   * was written first, whoever wrote it: its job may be on its way.
   */
  private static Optional<Mark> ended(JobLedger jobLedger) {
    Optional<Mark> last = jobLedger.lastMark();
    last.map(Mark::stop).ifPresent(jobLedger.run(FIRST_RUN)::putStop);
    return last;
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
        null,
        null);
  }

  /** The end of staging where it stood, without another row read. */
  private static Mark brokenOffAt(Mark from) {
    return new Mark(
        from.number() + 1,
        from.header(),
        from.position(),
        from.rows(),
        from.skipped(),
        from.chunks(),
        from.types(),
        from.checks(),
        from.invalid(),
        from.invalidRows(),
        true,
        null,
        null);
  }

  /**
   * One try to get on.
   *
   * @param from where it began
   * @param spentBefore how much of the invocation was gone when it did
   */
  private record Attempt(Mark from, Duration spentBefore, Instant began) {}

  /** Rows between two things that are done every so many rows or bytes. */
  private static final class Stretch {

    private long rows;
    private long bytes;

    /** Adds a row; at the last one that a stretch may have, the next one begins. */
    boolean endsWith(long rowBytes, long maxRows, long maxBytes) {
      rows++;
      bytes += rowBytes;
      if (rows < maxRows && bytes < maxBytes) {
        return false;
      }
      rows = 0;
      bytes = 0;
      return true;
    }
  }
}
