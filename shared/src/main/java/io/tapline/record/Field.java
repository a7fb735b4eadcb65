package io.tapline.record;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;

/**
 * A column with all that is needed to write its values.
 *
 * @param key the column's key, encoded once
 */
record Field(Column column, SerializableString key, ValueWriter writer) {

  static Field of(Column column, ValueWriter writer) {
    return new Field(column, new SerializedString(column.key()), writer);
  }
}
