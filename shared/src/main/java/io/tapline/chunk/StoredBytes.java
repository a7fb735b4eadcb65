package io.tapline.chunk;

import java.util.Arrays;

/**
 * What {@link GrowingBytes} wrote, read from the first byte to the last. Each method throws {@link
 * IndexOutOfBoundsException} where they are others. Not thread-safe.
 */
final class StoredBytes {

  private final byte[] bytes;
  private int at;

  StoredBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** How many bytes are left. */
  int rest() {
    return bytes.length - at;
  }

  /** That none is left. */
  void checkEnd() {
    if (rest() != 0) {
      throw new IndexOutOfBoundsException();
    }
  }

  /** A number of up to 63 bits. */
  long number() {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
      byte next = bytes[at++];
      number |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return number;
      }
    }
    throw new IndexOutOfBoundsException();
  }

  /** A number with its sign. */
  long signed() {
    long number = number();
    return (number >>> 1) ^ -(number & 1);
  }

  /** A number of things; there are not more of them than bytes, or what a few say of them. */
  int count() {
    long count = number();
    if (count > Integer.MAX_VALUE) {
      throw new IndexOutOfBoundsException();
    }
    return (int) count;
  }

  /** The same number, of things of which each takes a byte of those that follow, or more. */
  int checked(long count) {
    if (count > bytes.length - at) {
      throw new IndexOutOfBoundsException();
    }
    return (int) count;
  }

  /** The next bytes. */
  byte[] take(int count) {
    int start = at;
    at += checked(count);
    return Arrays.copyOfRange(bytes, start, at);
  }

  /** So many numbers of things, each of which takes a byte or more. */
  int[] counts(int count) {
    int[] counts = new int[checked(count)];
    for (int i = 0; i < count; i++) {
      counts[i] = count();
    }
    return counts;
  }

  /** The next bytes as the text of fields of these lengths. */
  StoredColumn texts(int[] lengths) {
    int[] starts = new int[lengths.length];
    for (int i = 0; i < lengths.length; i++) {
      starts[i] = at;
      at += checked(RowKind.textLength(lengths[i]));
    }
    return new StoredColumn(bytes, starts, lengths);
  }
}
