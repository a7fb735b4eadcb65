package io.tapline.job;

import io.tapline.ledger.Mark;
import io.tapline.ledger.Stop;
import io.tapline.record.Rejection;
import io.tapline.record.RowCheck;
import io.tapline.sync.Sync;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How many rows of an export are invalid, and the first of them, at most {@link
 * Mark#MAX_INVALID_ROWS}. They decide whether anything is sent. Not thread-safe.
 */
public final class InvalidRows {

  private final List<Rejection> first;
  private long count;

  /**
   * As they stand in a mark.
   *
   * @param first in the order of the export; empty only where {@code count} is 0
   */
  public InvalidRows(long count, List<Rejection> first) {
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
      all.count += group.count();
      for (long row : group.firstRows()) {
        all.first.add(
            new Rejection(row, Rejection.By.TAPLINE, group.code(), group.column(), group.reason()));
      }
    }
    all.first.sort(Comparator.comparingLong(Rejection::row));
    all.first.subList(Math.min(all.first.size(), Mark.MAX_INVALID_ROWS), all.first.size()).clear();
    return all;
  }

  long count() {
    return count;
  }

  /** The first of them, in the order of the export. */
  List<Rejection> first() {
    return List.copyOf(first);
  }

  /**
   * Why they stop the job; empty when they do not.
   *
   * @param read rows read, these included
   */
  public Optional<Stop> stop(Sync sync, long read) {
    if (count == 0) {
      return Optional.empty();
    }
    Rejection earliest = first.getFirst();
    String found =
        String.format(
            Locale.ROOT,
            "%d of %d rows read are invalid, the first is row %d (code %s%s)",
            count,
            read,
            earliest.row(),
            earliest.code(),
            earliest.column() == null ? "" : ", column " + earliest.column());
    if (!sync.skipOnInvalidRecord()) {
      return Optional.of(
          new Stop(
              "INVALID_RECORD",
              found
                  + "; skipOnInvalidRecord is off, so nothing was sent, the good rows neither."
                  + " Correct the export and push it whole (the bad rows are listed in rejects), or"
                  + " turn skipOnInvalidRecord on and push it again",
              earliest.row()));
    }
    if (sync.maxInvalidRecords() != null && sync.maxInvalidRecords().isExceeded(count, read)) {
      return Optional.of(
          new Stop(
              "TOO_MANY_INVALID_RECORDS",
              found
                  + "; that is over maxInvalidRecords ("
                  + sync.maxInvalidRecords()
                  + "), so nothing was sent, the good rows neither. Correct the export and push it"
                  + " whole (bad rows are listed in rejects), or raise the limit",
              earliest.row()));
    }
    return Optional.empty();
  }
}
