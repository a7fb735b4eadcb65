package io.tapline.chunk;

import java.util.Arrays;

/**
 * Bytes that {@link ChunkBuffer} wrote, read from the first to the last. Each method throws {@link
 * IndexOutOfBoundsException} where they are others. Not thread-safe.
 */
final class StoredBytes {

  private final byte[] bytes;
  private int at;

  StoredBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean hasMore() {
    return at < bytes.length;
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

  /** A number of things; there are not more of them than bytes, or what a few say of them. */
  int count() {
    long count = number();
    if (count > Integer.MAX_VALUE) {
      throw new IndexOutOfBoundsException();
    }
    return (int) count;
  }

  /** The same number, of things of which each takes a byte of those that follow, or more. */
  int checked(int count) {
    if (count > bytes.length - at) {
      throw new IndexOutOfBoundsException();
    }
    return count;
  }

  /** So many bytes as the number says that stands before them. */
  byte[] take() {
    return take(count());
  }

  /** The next bytes. */
  byte[] take(int count) {
    int from = at;
    at += checked(count);
    return Arrays.copyOfRange(bytes, from, at);
  }
}
