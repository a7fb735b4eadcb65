package io.tapline.chunk;

import java.util.Arrays;

/**
 * Bytes that are written one behind the other. Numbers have seven bits a byte, the lowest first,
 * and the top bit where another byte follows; {@link StoredBytes} reads them. Not thread-safe.
 */
final class GrowingBytes {

  private static final int MIN = 16;

  /** There is one for each column of each lane, most of which hold some kilobytes. */
  private static final int MAX_KEPT = 64 << 10;

  /** What a number takes at most. */
  private static final int MAX_NUMBER = 10;

  private byte[] bytes = new byte[MIN];
  private int length;

  /** Writes a number that is not negative. */
  void putNumber(long number) {
    if (bytes.length - length < MAX_NUMBER) {
      makeRoom(MAX_NUMBER);
    }
    long rest = number;
    while (rest >= 0x80) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  /** Writes a number of at most 62 bits and its sign; small ones of either sign take a byte. */
  void putSigned(long number) {
    putNumber((number << 1) ^ (number >> (Long.SIZE - 1)));
  }

  /** Writes some bytes. */
  void put(byte[] from, int start, int count) {
    if (bytes.length - length < count) {
      makeRoom(count);
    }
    System.arraycopy(from, start, bytes, length, count);
    length += count;
  }

  /**
   * Hands out what was written, and is empty again; room for what was unusually much is given up.
   */
  byte[] drain() {
    byte[] drained = Arrays.copyOf(bytes, length);
    length = 0;
    if (bytes.length > MAX_KEPT) {
      bytes = new byte[MIN];
    }
    return drained;
  }

  private void makeRoom(int count) {
    bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
  }
}
