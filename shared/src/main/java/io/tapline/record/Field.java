package io.tapline.record;

/**
 * A column with all that is needed to write its values.
 *
 * @param key the column's key, encoded once
 */
record Field(Column column, JsonKey key, ValueWriter writer) {

  static Field of(Column column, ValueWriter writer) {
    return new Field(column, JsonKey.of(column.key()), writer);
  }
}
