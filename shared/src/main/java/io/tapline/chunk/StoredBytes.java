package io.tapline.chunk;

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

  /** The next bytes, to their place in {@code target}. */
  void take(byte[] target, int start, int count) {
    System.arraycopy(bytes, at, target, start, checked(count));
    at += count;
  }
}
