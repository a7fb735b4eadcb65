package io.tapline.chunk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * What {@link Bits} wrote, read from the first byte to the last. Each method throws {@link
 * IndexOutOfBoundsException} where they are others. Not thread-safe.
 */
final class StoredBits {

  /** Four bytes at an index of a byte array, the first one highest. */
  static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private int at;

  /** The bits that begin at a byte of {@code bytes} and go to its end. */
  StoredBits(byte[] bytes, int start) {
    this.bytes = bytes;
    this.at = start;
  }

  boolean hasMore() {
    return at < bytes.length;
  }

  /** Reads letters to every {@code step}-th byte of {@code to}, beginning at {@code start}. */
  void take(byte[] to, int start, int step, byte[] letters) {
    take(to, start, step, letters, Bits.width(letters.length));
  }

  /** Reads so many indexes, each less than {@code size}; a larger one fails where it is used. */
  byte[] indexes(int count, int size) {
    byte[] indexes = new byte[count];
    take(indexes, 0, 1, Bits.INDEXES, Bits.width(size));
    return indexes;
  }

  private void take(byte[] to, int start, int step, byte[] letters, int width) {
    Objects.checkIndex(width, Byte.SIZE + 1);
    int mask = (1 << width) - 1;
    int held = 0;
    int count = 0;
    for (int place = start; place < to.length; place += step) {
      if (count < width) {
        held = held << Byte.SIZE | (bytes[at++] & 0xFF);
        count += Byte.SIZE;
      }
      count -= width;
      to[place] = letters[held >>> count & mask];
    }
  }
}
