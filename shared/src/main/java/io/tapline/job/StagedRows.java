package io.tapline.job;

import io.tapline.export.ExportReader;
import io.tapline.export.Header;
import io.tapline.export.Row;
import io.tapline.ledger.Job;
import io.tapline.ledger.Mark;
import io.tapline.record.ColumnTypes;
import io.tapline.record.Columns;
import io.tapline.record.LaneKey;
import io.tapline.record.Rejection;
import io.tapline.record.RowCheck;
import io.tapline.record.TypeTally;
import io.tapline.sync.ColumnType;
import io.tapline.sync.Sync;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What staging holds while it reads: all of it goes into each mark. Not thread-safe. */
final class StagedRows {

  /** CleverTap takes at most this many profiles or events in one call. */
  private static final int ROWS_PER_CHUNK = 1000;

  private final Header header;
  private final Lanes lanes;
  private final LaneKey laneKey;
  private final TypeTally types;
  private final @Nullable RowCheck checks;
  private final int laneCount;
  private final long skippedBefore;
  private final List<Rejection> invalidRows;
  private int nextMark;
  private long rows;
  private long invalid;

  /**
   * Goes on from a mark.
   *
   * @throws io.tapline.record.HeaderException when the columns break a rule
   */
  StagedRows(Job job, Sync sync, Header header, Mark from, ChunkUploads uploads) {
    Columns columns = Columns.of(sync, header.names());
    this.header = header;
    this.lanes = new Lanes(from.chunks(), ROWS_PER_CHUNK, uploads);
    this.laneCount = job.lanes();
    this.laneKey = LaneKey.of(columns);
    this.types =
        from.types() == null ? new TypeTally(columns) : TypeTally.resume(columns, from.types());
    this.checks = checks(sync, columns, from, job.export().lastModified());
    this.nextMark = from.number() + 1;
    this.rows = from.rows();
    this.skippedBefore = from.skipped();
    this.invalid = from.invalid();
    this.invalidRows = new ArrayList<>(from.invalidRows());
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

  void add(Row row) {
    rows++;
    types.add(row);
    lanes.add(laneKey.lane(row, laneCount), row);
    if (checks != null) {
      checks.check(row).ifPresent(this::addInvalid);
    }
  }

  /** Takes in the rows that turn out to be invalid under the types that were decided. */
  void addInvalidUnder(ColumnTypes decided) {
    if (checks == null) {
      return;
    }
    for (RowCheck.InvalidRows group : checks.rejectionsIf(decided)) {
      for (long row : group.firstRows()) {
        addInvalid(
            new Rejection(row, Rejection.By.TAPLINE, group.code(), group.column(), group.reason()));
      }
      invalid += group.count() - group.firstRows().size();
    }
    invalidRows.sort(Comparator.comparingLong(Rejection::row));
  }

  private void addInvalid(Rejection rejection) {
    invalid++;
    if (invalidRows.size() < Mark.MAX_INVALID_ROWS) {
      invalidRows.add(rejection);
    }
  }

  ColumnTypes decideTypes(Map<String, ColumnType> learned) {
    return types.decide(learned);
  }

  long rows() {
    return rows;
  }

  long invalid() {
    return invalid;
  }

  List<Rejection> invalidRows() {
    return invalidRows;
  }

  /**
   * Flushes the lanes and says where staging stands.
   *
   * @param last whether staging ends here
   * @param decided the columns' types, once they are
   */
  Mark mark(ExportReader reader, boolean last, @Nullable ColumnTypes decided) {
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
        invalid,
        List.copyOf(invalidRows),
        last,
        decided);
  }
}
