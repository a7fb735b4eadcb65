package io.tapline.export;

import java.util.Arrays;

/**
 * The row that is being read: its fields' text end to end, in arrays that the next row uses again.
 * It keeps no more than the longest row that is read; what goes beyond is dropped, since such a row
 * is broken anyway.
 */
final class RowBuffer {

  /** The longest row that is read: bytes of its text in the export, without the line end. */
  static final int MAX_ROW = 1 << 20;

  private byte[] text = new byte[4096];
  private int length;
  private int[] ends = new int[64];
  private boolean[] nulls = new boolean[64];
  private int size;

  void clear() {
    length = 0;
    size = 0;
  }

  void append(byte b) {
    if (room(1)) {
      text[length++] = b;
    }
  }

  void append(byte[] source, int from, int to) {
    int count = to - from;
    if (room(count)) {
      System.arraycopy(source, from, text, length, count);
      length += count;
    }
  }

  private boolean room(int count) {
    if (count > text.length - length) {
      if (count > MAX_ROW - length) {
        return false;
      }
      text = Arrays.copyOf(text, Math.max(length + count, Math.min(2 * text.length, MAX_ROW)));
    }
    return true;
  }

  /** Whether the field that is being read has this text so far. */
  boolean fieldIs(byte[] value) {
    int start = size == 0 ? 0 : ends[size - 1];
    return length - start == value.length
        && (value.length == 0 || Arrays.equals(text, start, length, value, 0, value.length));
  }

  /** Ends the field that is being read; the text of a null one is dropped. */
  void endField(boolean isNull) {
    if (size == ends.length) {
      if (size > MAX_ROW) {
        return;
      }
      ends = Arrays.copyOf(ends, 2 * size);
      nulls = Arrays.copyOf(nulls, 2 * size);
    }
    if (isNull) {
      length = size == 0 ? 0 : ends[size - 1];
    }
    ends[size] = length;
    nulls[size] = isNull;
    size++;
  }

  /** The number of fields. */
  int size() {
    return size;
  }

  /** Whether the text is UTF-8, each field by itself. */
  boolean isUtf8() {
    if (!Utf8.isValid(text, 0, length)) {
      return false;
    }
    // Two halves of a character become one when what stood between them, a delimiter, is gone.
    int start = 0;
    for (int field = 0; field < size && start < length; start = ends[field++]) {
      if (Utf8.isContinuation(text[start])) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether the text holds neither a NUL nor anything but ASCII: true for most rows, and quick to
   * find out.
   */
  boolean isPlainAscii() {
    return Utf8.isPlainAscii(text, 0, length);
  }

  boolean hasNul() {
    for (int i = 0; i < length; i++) {
      if (text[i] == 0) {
        return true;
      }
    }
    return false;
  }

  /** The row, in arrays of its own. */
  DelimitedRow toRow(long number) {
    return new DelimitedRow(
        number, Arrays.copyOf(text, length), Arrays.copyOf(ends, size), Arrays.copyOf(nulls, size));
  }
}
