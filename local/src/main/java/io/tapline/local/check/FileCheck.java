package io.tapline.local.check;

import io.tapline.export.BrokenRow;
import io.tapline.export.ExportReader;
import io.tapline.export.ReadPosition;
import io.tapline.export.Row;
import io.tapline.export.UnreadableExportException;
import io.tapline.job.InvalidRows;
import io.tapline.job.RejectedRowsOnly;
import io.tapline.ledger.Stop;
import io.tapline.record.ColumnTypes;
import io.tapline.record.Columns;
import io.tapline.record.HeaderException;
import io.tapline.record.Mapped;
import io.tapline.record.RecordMapper;
import io.tapline.record.Rejection;
import io.tapline.record.RowCheck;
import io.tapline.record.TypeTally;
import io.tapline.sync.ColumnType;
import io.tapline.sync.Format;
import io.tapline.sync.Sync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file twice, in constant memory whatever its size: once for the types of its columns, as
 * staging does, and once to map and check each row under these types, as the workers do. It uses
 * their reader, tally, mapper and lanes, so that a push can't decide otherwise. What CleverTap
 * refuses for reasons of its own only a push can tell. Not thread-safe.
 *
 * <p>Where one invalid row stops the job a push reads no further than the ten thousandth; this
 * reads to the end, and may count more.
 */
public final class FileCheck {

  private final Path file;
  private final Sync sync;
  private final Format format;
  private final Map<String, ColumnType> learned;
  private final Instant now;
  private final ReasonTally reasons = new ReasonTally();

  private long rows;
  private long skipped;
  private boolean rejectsFile;

  private FileCheck(Path file, Sync sync, Map<String, ColumnType> learned, Instant now) {
    this.file = file;
    this.sync = sync;
    this.format = sync.format().resolve(file.getFileName().toString());
    this.learned = learned;
    this.now = now;
  }

  /**
   * Checks a file under a sync.
   *
   * @param learned the types that earlier exports taught the sync, by the names that are sent
   * @param now the time of events that bring none
   * @throws IOException when the file can't be read; what its content is never throws
   */
  public static CheckedFile check(
      Path file, Sync sync, Map<String, ColumnType> learned, Instant now) throws IOException {
    return new FileCheck(file, sync, learned, now).check();
  }

  private CheckedFile check() throws IOException {
    if (Files.size(file) == 0) {
      return stopped(
          new Stop("EMPTY_EXPORT", "the file has 0 bytes, not even a header line", null));
    }
    try {
      ReadColumns read;
      try (ExportReader reader = open()) {
        rejectsFile = reader.header().rejectsFile();
        Optional<Stop> stop = RejectedRowsOnly.stop(file.toUri().getPath(), sync, reader.header());
        if (stop.isPresent()) {
          return stopped(stop.get());
        }
        read = readTypes(reader);
      }
      return readAgain(read);
    } catch (UnreadableExportException e) {
      return brokenOff(e.code(), e);
    } catch (HeaderException e) {
      return brokenOff(e.code(), e);
    }
  }

  private ExportReader open() throws IOException {
    return ExportReader.open(Files.newInputStream(file), format, ReadPosition.START, null);
  }

  /** As in staging: a few rejected rows must not change what whole exports have taught. */
  private Columns columns(ExportReader reader) {
    return Columns.of(sync, reader.header().names()).withTypes(rejectsFile ? learned : Map.of());
  }

  private ReadColumns readTypes(ExportReader reader) throws IOException {
    Columns columns = columns(reader);
    TypeTally tally = new TypeTally(columns);
    ColumnValues values = new ColumnValues(columns);
    for (Row row = reader.next(); row != null; row = reader.next()) {
      tally.add(row);
      rows++;
      values.add(row);
    }
    skipped = reader.skipped();
    ColumnTypes types = tally.decide(learned);
    return new ReadColumns(columns, tally, values, rejectsFile ? types.warningOfInferred() : types);
  }

  private CheckedFile readAgain(ReadColumns read) throws IOException {
    ColumnTypes types = read.types();
    RecordMapper mapper = RecordMapper.of(sync, read.columns(), types, now);
    CallTally calls = new CallTally(sync, read.columns());
    TypeClashes clashes = TypeClashes.of(read.columns(), read.tally().state());
    try (ExportReader reader = open()) {
      for (Row row = reader.next(); row != null; row = reader.next()) {
        if (!(row instanceof BrokenRow)) {
          clashes.add(row);
        }
        switch (mapper.map(row)) {
          case Mapped mapped -> calls.add(row, mapped);
          case Rejection rejection -> {
            calls.add(row, null);
            reasons.add(rejection);
          }
        }
      }
    }
    return result(
        read.values().columns(types, clashes.found()),
        calls.calls(),
        stop(calls),
        types.warnings());
  }

  /** Why nothing would be sent; null when something would. */
  private @Nullable Stop stop(CallTally calls) {
    Rejection first = reasons.first();
    if (first != null) {
      Stop stop = new InvalidRows(reasons.count(), List.of(first)).stop(sync, rows).orElse(null);
      if (stop != null) {
        return stop;
      }
    }
    return calls.obstacle();
  }

  /** The end where the file can't be read on, or has columns that break a rule. */
  private CheckedFile brokenOff(String code, RuntimeException why) throws IOException {
    boolean rowsMayStop = !sync.skipOnInvalidRecord() || sync.maxInvalidRecords() != null;
    if (rows > 0 && rowsMayStop) {
      // So far staging checks rows while it reads, and tells those that no type can make valid.
      try (ExportReader reader = open()) {
        RowCheck checks = RowCheck.of(sync, columns(reader), now);
        for (long left = rows; left > 0; left--) {
          checks.check(Objects.requireNonNull(reader.next())).ifPresent(reasons::add);
        }
      }
    }
    return stopped(new Stop(code, String.valueOf(why.getMessage()), null));
  }

  private CheckedFile stopped(Stop stop) {
    return result(List.of(), Calls.NONE, stop, List.of());
  }

  private CheckedFile result(
      List<CheckedColumn> columns,
      Calls calls,
      @Nullable Stop stop,
      List<ColumnTypes.Warning> warnings) {
    return new CheckedFile(
        format, rejectsFile, rows, skipped, columns, reasons.reasons(), calls, stop, warnings);
  }

  /** What the first reading found. */
  private record ReadColumns(
      Columns columns, TypeTally tally, ColumnValues values, ColumnTypes types) {}
}
