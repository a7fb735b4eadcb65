package io.tapline.bench.rig;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** The JDK's reading of a gz file: what staging is compared with. */
public final class Inflation {

  /** The default of 512 bytes would be slower, and the comparison too easy. */
  private static final int BUFFER = 64 << 10;

  private Inflation() {}

  /**
   * Inflates all of a stream.
   *
   * @param packed closed at the end
   * @return how many bytes of text it holds
   */
  public static long inflate(InputStream packed) throws IOException {
    long size = 0;
    byte[] buffer = new byte[BUFFER];
    try (InputStream text = new GZIPInputStream(packed, BUFFER)) {
      for (int count = text.read(buffer); count >= 0; count = text.read(buffer)) {
        size += count;
      }
    }
    return size;
  }
}
