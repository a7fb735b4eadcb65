package io.tapline.chunk;

/** A column of the rows of a chunk, as it was taken in. Its arrays are not to be written to. */
final class FilledColumn {

  static final int MIXED = -1;
  static final int NO_TEXT = -2;

  /** Their number; a row of fewer columns has none here. */
  final int fields;

  /** Of each field a number: one more than the bytes of its text, or 0 for null. */
  final byte[] lengths;

  /** Of all fields, end to end. */
  final byte[] text;

  /**
   * The bytes that each field has that is not null; {@link #MIXED} where they differ, {@link
   * #NO_TEXT} where there is none.
   */
  final int width;

  FilledColumn(int fields, byte[] lengths, byte[] text, int width) {
    this.fields = fields;
    this.lengths = lengths;
    this.text = text;
    this.width = width;
  }

  /** Whether each length takes one byte. */
  boolean hasShortLengths() {
    return lengths.length == fields;
  }
}
