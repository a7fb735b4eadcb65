package io.tapline.local.check;

import io.tapline.ledger.Stop;
import io.tapline.record.ColumnTypes.Warning;
import io.tapline.sync.Format;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a push of a file would do. It holds no value of a row but masked ones. Immutable.
 *
 * @param format how the file was read, unless it is a file of rejected rows
 * @param rejectsFile whether it is a file of rejected rows that Tapline wrote
 * @param rows rows read; fewer than there are where the file can't be read to its end
 * @param skipped rows of a file of rejected rows that were not kept when they were rejected
 * @param columns in the order of the header, or in which they were found; empty where the file
 *     can't be read
 * @param reasons why rows would be rejected, the most frequent first
 * @param calls the calls that the push would make, if nothing stopped it
 * @param stop why nothing would be sent; null where something would
 * @param warnings columns whose type has to give way
 */
public record CheckedFile(
    Format format,
    boolean rejectsFile,
    long rows,
    long skipped,
    List<CheckedColumn> columns,
    List<RejectedRows> reasons,
    Calls calls,
    @Nullable Stop stop,
    List<Warning> warnings) {

  /** Rows that would be rejected, also where that stops the push. */
  public long rejected() {
    return reasons.stream().mapToLong(RejectedRows::count).sum();
  }

  /** Rows that would be sent, if nothing stopped the push. */
  public long good() {
    return rows - rejected();
  }
}
