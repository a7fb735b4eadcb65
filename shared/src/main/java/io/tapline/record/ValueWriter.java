package io.tapline.record;

import org.jspecify.annotations.Nullable;

/** Checks the values of one type and writes them as a field of a record. */
interface ValueWriter {

  /** Of a string; CleverTap's pages say bytes or characters, and bytes are the stricter. */
  int MAX_BYTES = 512;

  /**
   * Writes the field's name and value, or nothing if the value is to be left out.
   *
   * @param text the value, which is not null
   * @return why the row can't be sent; null: all is well
   */
  @Nullable Fault write(Field field, TextSlice text, RecordJson out);

  /**
   * Whether {@link #write} leaves this value out, so that an item of such values only is no item.
   */
  default boolean leavesOut(TextSlice text) {
    return TextKind.isNothing(text);
  }
}
