package io.tapline.local.check;

import io.tapline.sync.ColumnType;

/**
 * Two values of one column that are of different types: why it is sent as text, or mixed.
 *
 * @param first the first value that has a type
 * @param other the first that has another one
 */
public record TypeClash(Value first, Value other) {

  /**
   * A value by its row.
   *
   * @param masked what it looks like
   */
  public record Value(long row, ColumnType type, String masked) {}
}
