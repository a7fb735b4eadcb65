package io.tapline.export;

import java.nio.charset.StandardCharsets;

/**
 * A row of a CSV or TSV export: UTF-8 fields that lie end to end in one array, so that staging can
 * deal, type and store a row without making a string of each field. Immutable as long as nobody
 * writes to {@link #bytes()}.
 */
public final class DelimitedRow implements Row {

  private final long number;
  private final byte[] bytes;
  private final int[] ends;
  private final boolean[] nulls;

  /**
   * Takes the arrays over.
   *
   * @param bytes the fields' text, unquoted and unescaped, valid UTF-8
   * @param ends where each field ends in {@code bytes}; it starts where the one before it ends
   * @param nulls which fields are null; their text is empty
   */
  public DelimitedRow(long number, byte[] bytes, int[] ends, boolean[] nulls) {
    this.number = number;
    this.bytes = bytes;
    this.ends = ends;
    this.nulls = nulls;
  }

  @Override
  public long number() {
    return number;
  }

  /** The number of fields. */
  public int size() {
    return ends.length;
  }

  public boolean isNull(int field) {
    return nulls[field];
  }

  /** The field's text; empty for null. */
  public String text(int field) {
    int start = start(field);
    return new String(bytes, start, ends[field] - start, StandardCharsets.UTF_8);
  }

  /** The array in which the fields lie; not to be written to. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where the field starts in {@link #bytes()}. */
  public int start(int field) {
    return field == 0 ? 0 : ends[field - 1];
  }

  /** Where the field ends in {@link #bytes()}, exclusive. */
  public int end(int field) {
    return ends[field];
  }
}
