package io.tapline.bench.data;

import java.util.Arrays;

/** The bytes of an object, which may be more than fit into memory. Safe for several threads. */
public interface Content {

  /** How many bytes there are. */
  long size();

  /**
   * Reads some of the bytes.
   *
   * @param from less than {@link #size()}
   * @return {@code length} bytes, fewer at the end
   */
  byte[] read(long from, int length);

  /** Bytes that are in memory. */
  static Content of(byte[] bytes) {
    return new Content() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public byte[] read(long from, int length) {
        int start = Math.toIntExact(from);
        return Arrays.copyOfRange(bytes, start, Math.min(bytes.length, start + length));
      }
    };
  }
}
