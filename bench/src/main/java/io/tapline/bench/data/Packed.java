package io.tapline.bench.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Exports that are small enough to be held in memory. */
public final class Packed {

  /** The ending of a packed export's key, behind that of its form. */
  public static final String ENDING = ".gz";

  private Packed() {}

  /** The bytes of an export, packed as one gz member or as they are. */
  public static byte[] bytes(Content text, boolean gz) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      FileContent.copy(text, bytes, gz);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
