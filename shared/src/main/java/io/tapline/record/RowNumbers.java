package io.tapline.record;

import java.util.ArrayList;
import java.util.List;

/** A count of rows, and the numbers of the first of them. Not thread-safe. */
final class RowNumbers {

  private long count;
  private final List<Long> first;

  RowNumbers() {
    this(0, List.of());
  }

  /**
   * Rows that were counted before.
   *
   * @param first in order
   */
  RowNumbers(long count, List<Long> first) {
    this.count = count;
    this.first = new ArrayList<>(first);
  }

  /**
   * Counts a row that lies behind the others.
   *
   * @return whether its number is kept, for there were fewer than {@code max}
   */
  boolean add(long row, int max) {
    count++;
    return first.size() < max && first.add(row);
  }

  /** Takes in rows that may lie between its own. */
  void addAll(RowNumbers other) {
    count += other.count;
    first.addAll(other.first);
    first.sort(null);
  }

  long count() {
    return count;
  }

  /** The numbers that are kept, in order; they do not change with rows added later. */
  List<Long> first() {
    return List.copyOf(first);
  }

  /** The lowest numbers, in order. */
  List<Long> first(int max) {
    return List.copyOf(first.subList(0, Math.min(first.size(), max)));
  }
}
