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

  /** Eight bytes are copied at once, and one more after them. */
  private static final int SLACK = Long.BYTES + 1;

  private static final int CAPACITY = MAX_ROW + 2 * SLACK;

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
    if (length > text.length - SLACK) {
      makeRoom();
    }
    text[length++] = b;
  }

  /** Appends the bytes before the first stop, at most up to {@code to}; returns where that is. */
  int appendUpTo(byte[] bytes, int from, int to, Stops stops) {
    int at = from;
    while (at < to) {
      if (length > text.length - SLACK) {
        makeRoom();
      }
      if (to - at >= Long.BYTES) {
        // All eight are copied, and as many kept as are before the stop: quicker than to look
        // first.
        long eight = (long) Utf8.LONG.get(bytes, at);
        Utf8.LONG.set(text, length, eight);
        int count = stops.firstCandidate(eight);
        at += count;
        length += count;
        if (count == Long.BYTES) {
          continue;
        }
      }
      if (stops.contains(bytes[at])) {
        return at;
      }
      text[length++] = bytes[at++];
    }
    return at;
  }

  private void makeRoom() {
    if (text.length < CAPACITY) {
      text = Arrays.copyOf(text, Math.min(2 * text.length, CAPACITY));
    } else {
      length = 0; // the row is too large, and nobody will ask what was in it
    }
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
    return Utf8.hasNul(text, 0, length);
  }

  /** The row, in arrays of its own. */
  DelimitedRow toRow(long number) {
    return new DelimitedRow(
        number, Arrays.copyOf(text, length), Arrays.copyOf(ends, size), Arrays.copyOf(nulls, size));
  }
}
