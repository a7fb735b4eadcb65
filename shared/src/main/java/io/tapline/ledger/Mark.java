package io.tapline.ledger;

import io.tapline.export.Header;
import io.tapline.export.ReadPosition;
import io.tapline.record.ColumnTypes;
import io.tapline.record.Rejection;
import io.tapline.record.RowCheck;
import io.tapline.record.TypeTally;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A point in the export where all lanes are flushed; staging can go on from there.
 *
 * @param number from 0
 * @param header null when the export ended before it had one
 * @param rows rows read so far, broken ones included
 * @param skipped rows of a file of rejected rows that had not been kept
 * @param chunks how many chunks each lane has so far
 * @param types what the rows so far say of the columns' types; null without a header
 * @param checks what the check of the rows keeps; null when rows are not checked in staging
 * @param invalid how many rows so far are invalid; 0 when rows are not checked in staging
 * @param invalidRows the first of them, at most {@link #MAX_INVALID_ROWS}
 * @param last whether staging ended here
 * @param decided the columns' types, once all was read that is going to be; null before, and when
 *     the export could not be read to its end
 * @param stop why the job is stopped here; null where it is not. It stands in the mark, since of
 *     several invocations that stage a job the one counts that wrote the last mark first.
 */
public record Mark(
    int number,
    @Nullable Header header,
    ReadPosition position,
    long rows,
    long skipped,
    List<Integer> chunks,
    TypeTally.@Nullable State types,
    RowCheck.@Nullable State checks,
    long invalid,
    List<Rejection> invalidRows,
    boolean last,
    @Nullable ColumnTypes decided,
    @Nullable Stop stop) {

  /** A job that stops at invalid rows lists so many of them. */
  public static final int MAX_INVALID_ROWS = RowCheck.MAX_ROWS;

  /** The same, but the job is stopped here. */
  public Mark stoppedFor(Stop reason) {
    return new Mark(
        number,
        header,
        position,
        rows,
        skipped,
        chunks,
        types,
        checks,
        invalid,
        invalidRows,
        last,
        decided,
        reason);
  }

  /** The number of chunks in all lanes. */
  public int totalChunks() {
    return chunks.stream().mapToInt(Integer::intValue).sum();
  }
}
