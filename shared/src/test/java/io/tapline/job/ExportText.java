package io.tapline.job;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** What exports are made of. */
final class ExportText {

  private ExportText() {}

  /** CSV with so many rows of at most 1777 users. */
  static String users(int rows) {
    return IntStream.range(0, rows)
        .mapToObj(i -> "u%d,%d\n".formatted(i % 1777, i))
        .collect(Collectors.joining("", "identity,n\n", ""));
  }

  /** A JSON array in CSV, over 512 bytes. */
  static String longList() {
    return IntStream.range(0, 90)
        .mapToObj("\"\"tag-%02d\"\""::formatted)
        .collect(Collectors.joining(",", "\"[", "]\""));
  }

  /** Text, packed. */
  static byte[] gzip(String text) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gz = new GZIPOutputStream(packed)) {
      gz.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return packed.toByteArray();
  }
}
