package io.tapline.chunk;

import java.util.Arrays;

/**
 * Letters of small alphabets, each in as few bits as its alphabet needs, the highest first; each
 * call begins a new byte. {@link StoredBits} reads them. Not thread-safe.
 */
final class Bits {

  private byte[] bytes = new byte[1 << 10];
  private int length;

  /** Each byte stands for itself. */
  static final byte[] INDEXES = indexes();

  private static byte[] indexes() {
    byte[] indexes = new byte[1 << Byte.SIZE];
    for (int i = 0; i < indexes.length; i++) {
      indexes[i] = (byte) i;
    }
    return indexes;
  }

  /** The bits that a letter of an alphabet of so many takes: 0 to 8. */
  static int width(int letters) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(letters - 1);
  }

  /** The bytes that so many letters take. */
  static long size(int count, int width) {
    return ((long) count * width + Byte.SIZE - 1) / Byte.SIZE;
  }

  /**
   * Writes every {@code step}-th byte of {@code from}, beginning with the one at {@code start}.
   *
   * @param codes what stands for each byte
   */
  void put(byte[] from, int start, int step, byte[] codes, int width) {
    if (width == 0) {
      return;
    }
    makeRoom(from.length / step + 1, width);
    long held = 0;
    int count = 0;
    for (int at = start; at < from.length; at += step) {
      held = held << width | (codes[from[at] & 0xFF] & 0xFF);
      count += width;
      if (count >= Integer.SIZE) {
        count -= Integer.SIZE;
        StoredBits.INT.set(bytes, length, (int) (held >>> count));
        length += Integer.BYTES;
      }
    }
    held <<= Long.SIZE - Integer.SIZE - count;
    for (; count > 0; count -= Byte.SIZE) {
      bytes[length++] = (byte) (held >>> (Integer.SIZE - Byte.SIZE));
      held <<= Byte.SIZE;
    }
  }

  /**
   * Writes indexes.
   *
   * @param size what they are less than, 256 at most
   */
  void putIndexes(byte[] indexes, int size) {
    put(indexes, 0, 1, INDEXES, width(size));
  }

  /** All that was written. */
  byte[] drain() {
    return Arrays.copyOf(bytes, length);
  }

  private void makeRoom(int count, int width) {
    long needed = length + size(count, width);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.toIntExact(needed)));
    }
  }
}
