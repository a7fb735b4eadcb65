package io.tapline.job;

import io.tapline.export.ExportReader;
import io.tapline.export.Header;
import io.tapline.export.Row;
import io.tapline.ledger.Job;
import io.tapline.ledger.Mark;
import io.tapline.record.ColumnTypes;
import io.tapline.record.Columns;
import io.tapline.record.LaneKey;
import io.tapline.record.RowCheck;
import io.tapline.record.TypeTally;
import io.tapline.sync.ColumnType;
import io.tapline.sync.Sync;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What staging holds while it reads: all of it goes into each mark. Not thread-safe. */
final class StagedRows {

  private final Header header;
  private final Lanes lanes;
  private final LaneKey laneKey;
  private final TypeTally types;
  private final @Nullable RowCheck checks;
  private final int laneCount;
  private final long skippedBefore;
  private final InvalidRows invalid;
  private int nextMark;
  private long rows;

  /**
   * Goes on from a mark.
   *
   * @param binding the types that columns have whatever their values are, by the name that is sent
   * @throws io.tapline.record.HeaderException when the columns break a rule
   */
  StagedRows(
      Job job,
      Sync sync,
      Header header,
      Map<String, ColumnType> binding,
      Mark from,
      ChunkUploads uploads) {
    Columns columns = Columns.of(sync, header.names()).withTypes(binding);
    this.header = header;
    this.lanes = new Lanes(from.chunks(), sync.kind().rowsPerChunk(), uploads);
    this.laneCount = job.lanes();
    this.laneKey = LaneKey.of(columns);
    this.types =
        from.types() == null ? new TypeTally(columns) : TypeTally.resume(columns, from.types());
    this.checks = checks(sync, columns, from, job.export().lastModified());
    this.nextMark = from.number() + 1;
    this.rows = from.rows();
    this.skippedBefore = from.skipped();
    this.invalid = new InvalidRows(from.invalid(), from.invalidRows());
  }

  /** Rows are checked before anything is sent only where a bad one may stop the job. */
  private static @Nullable RowCheck checks(
      Sync sync, Columns columns, Mark from, Instant lastModified) {
    if (sync.skipOnInvalidRecord() && sync.maxInvalidRecords() == null) {
      return null;
    }
    return from.checks() == null
        ? RowCheck.of(sync, columns, lastModified)
        : RowCheck.resume(sync, columns, lastModified, from.checks());
  }

  /**
   * Takes the next row in.
   *
   * @throws io.tapline.record.HeaderException when it has columns that break a rule; it is not
   *     taken in then
   */
  void add(Row row) {
    types.add(row);
    lanes.add(laneKey.lane(row, laneCount), row);
    rows++;
    if (checks != null) {
      checks.check(row).ifPresent(invalid::add);
    }
  }

  ColumnTypes decideTypes(Map<String, ColumnType> learned) {
    ColumnTypes decided = types.decide(learned);
    return header.rejectsFile() ? decided.warningOfInferred() : decided;
  }

  /** Rows taken in so far, broken ones included. */
  long rows() {
    return rows;
  }

  /** Rows that are invalid whatever types the columns will have; it grows with the rows. */
  InvalidRows invalid() {
    return invalid;
  }

  /** All rows that are invalid under these types. */
  InvalidRows invalidUnder(ColumnTypes decided) {
    return checks == null ? invalid : invalid.with(checks.rejectionsIf(decided));
  }

  /** Flushes the lanes and says where staging stands. */
  Mark mark(ExportReader reader) {
    return mark(reader, invalid, false, null);
  }

  /** Flushes the lanes and ends staging before the end of the export. */
  Mark breakOff(ExportReader reader) {
    return mark(reader, invalid, true, null);
  }

  /** Flushes the lanes and ends staging with these types. */
  Mark end(ExportReader reader, ColumnTypes decided) {
    return mark(reader, invalidUnder(decided), true, decided);
  }

  private Mark mark(
      ExportReader reader, InvalidRows invalid, boolean last, @Nullable ColumnTypes decided) {
    lanes.flush();
    return new Mark(
        nextMark++,
        header,
        reader.position(),
        rows,
        skippedBefore + reader.skipped(),
        lanes.chunks(),
        types.state(),
        checks == null ? null : checks.state(),
        invalid.count(),
        invalid.first(),
        last,
        decided,
        null);
  }
}
