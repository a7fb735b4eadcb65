package io.tapline.job;

import io.tapline.ledger.Mark;
import io.tapline.record.Rejection;
import io.tapline.record.RowCheck;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How many rows of an export are invalid, and the first of them, at most {@link
 * Mark#MAX_INVALID_ROWS}. Not thread-safe.
 */
final class InvalidRows {

  private final List<Rejection> first;
  private long count;

  /** As they stand in a mark. */
  InvalidRows(long count, List<Rejection> first) {
    this.count = count;
    this.first = new ArrayList<>(first);
  }

  void add(Rejection rejection) {
    count++;
    if (first.size() < Mark.MAX_INVALID_ROWS) {
      first.add(rejection);
    }
  }

  /** These, and those that turned out to be invalid under the types that were decided. */
  InvalidRows with(List<RowCheck.InvalidRows> groups) {
    InvalidRows all = new InvalidRows(count, first);
    for (RowCheck.InvalidRows group : groups) {
      for (long row : group.firstRows()) {
        all.add(
            new Rejection(row, Rejection.By.TAPLINE, group.code(), group.column(), group.reason()));
      }
      all.count += group.count() - group.firstRows().size();
    }
    all.first.sort(Comparator.comparingLong(Rejection::row));
    return all;
  }

  long count() {
    return count;
  }

  /** The first of them, in the order of the export. */
  List<Rejection> first() {
    return List.copyOf(first);
  }
}
