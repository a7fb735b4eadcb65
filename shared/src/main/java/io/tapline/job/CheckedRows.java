package io.tapline.job;

import io.tapline.export.Row;
import io.tapline.ledger.RowRange;
import io.tapline.record.Mapped;
import io.tapline.record.RecordMapper;
import io.tapline.record.Rejection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The rows of a chunk, checked: those that can be sent, and those that can't.
 *
 * <p>Its notes name records by ranges over the rows of the chunk, which lie anywhere in the export:
 * a call with all of them is one range. A range ends before a row that is not sent, for what is
 * refused today may pass the rules of the version that reads the note.
 *
 * @param numbers of all rows of the chunk that its run takes up, in the order of the export
 * @param records the rows that can be sent; elsewhere each is named by its place here
 * @param rejections the rows that our own rules refuse
 * @param unknown the rows that CleverTap may have since an earlier run
 */
record CheckedRows(
    List<Long> numbers, List<Mapped> records, List<Rejection> rejections, Set<Long> unknown) {

  /** Checks the rows that a run takes up. */
  static CheckedRows of(OpenChunk chunk, RecordMapper mapper) {
    List<Mapped> records = new ArrayList<>();
    List<Rejection> rejections = new ArrayList<>();
    for (Row row : chunk.rows()) {
      switch (mapper.map(row)) {
        case Mapped mapped -> records.add(mapped);
        case Rejection rejection -> rejections.add(rejection);
      }
    }
    return new CheckedRows(
        chunk.rows().stream().map(Row::number).toList(), records, rejections, chunk.unknown());
  }

  /** The records that CleverTap may have since an earlier run. */
  List<Integer> unknownRecords() {
    return IntStream.range(0, records.size())
        .filter(i -> unknown.contains(records.get(i).row()))
        .boxed()
        .toList();
  }

  /** The record of a row; empty when it has none. */
  OptionalInt record(long row) {
    return IntStream.range(0, records.size()).filter(i -> records.get(i).row() == row).findFirst();
  }

  /** Names records, given in the order of the export. */
  List<RowRange> ranges(List<Integer> some) {
    List<RowRange> ranges = new ArrayList<>();
    int next = -1;
    for (int record : some) {
      long row = records.get(record).row();
      int place = Collections.binarySearch(numbers, row);
      if (place == next) {
        ranges.set(ranges.size() - 1, new RowRange(ranges.getLast().first(), row));
      } else {
        ranges.add(new RowRange(row, row));
      }
      next = place + 1;
    }
    return ranges;
  }

  /** The records that ranges name. */
  List<Integer> records(List<RowRange> ranges) {
    return IntStream.range(0, records.size())
        .filter(i -> ranges.stream().anyMatch(range -> isIn(range, records.get(i).row())))
        .boxed()
        .toList();
  }

  private static boolean isIn(RowRange range, long row) {
    return range.first() <= row && row <= range.last();
  }
}
