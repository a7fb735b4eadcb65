package io.tapline.chunk;

/**
 * What a row of a chunk is, as the number that is stored: {@value #JSON} for a line of JSONL and
 * {@value #BROKEN} for the JSON that says why a row is broken, which have one field, their text;
 * from {@value #DELIMITED} on a row of a delimited export with so many fields more.
 */
final class RowKind {

  static final int JSON = 0;
  static final int BROKEN = 1;
  static final int DELIMITED = 2;

  private RowKind() {}

  /** The number of fields of a row of this kind. */
  static int fields(int kind) {
    return kind < DELIMITED ? 1 : kind - DELIMITED;
  }

  /** The bytes of text of a field whose stored length is this: one more, or 0 for null. */
  static int textLength(int stored) {
    return Math.max(0, stored - 1);
  }
}
