package io.tapline.local.init;

import io.tapline.sync.Format.Compression;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** The first text of a file, unpacked, and what its first bytes say. */
@SuppressWarnings("ArrayRecordComponent") // made once; nobody compares them
record Beginning(Compression compression, byte[] text, boolean isWhole) {

  /** Some thousand rows: enough to tell, and read many times. */
  private static final int MAX_TEXT = 256 * 1024;

  private static final int MAGIC = 4;

  /**
   * Reads it.
   *
   * @throws UndecidedException when the file is empty, or nothing that Tapline reads
   */
  static Beginning of(Path file) throws IOException {
    try (BufferedInputStream raw = new BufferedInputStream(Files.newInputStream(file))) {
      raw.mark(MAGIC);
      byte[] magic = raw.readNBytes(MAGIC);
      raw.reset();
      if (magic.length == 0) {
        throw new UndecidedException(file + " is empty: it has 0 bytes");
      }
      refuseOthers(file, magic);
      boolean packed = startsWith(magic, 0x1F, 0x8B);
      byte[] text = packed ? unpacked(raw) : raw.readNBytes(MAX_TEXT + 1);
      boolean whole = text.length <= MAX_TEXT;
      Beginning beginning =
          new Beginning(
              packed ? Compression.GZ : Compression.NONE, whole ? text : lines(text), whole);
      beginning.refuseOneArray(file);
      return beginning;
    }
  }

  /** As much as can be unpacked: whether the rest is sound, reading all of it will tell. */
  private static byte[] unpacked(InputStream raw) throws IOException {
    byte[] text = new byte[MAX_TEXT + 1];
    int length = 0;
    try (InputStream unpacked = new GZIPInputStream(raw)) {
      int read = 0;
      while (length < text.length && read >= 0) {
        read = unpacked.read(text, length, text.length - length);
        length += Math.max(read, 0);
      }
    } catch (EOFException | java.util.zip.ZipException e) {
      return Arrays.copyOf(text, length);
    }
    return Arrays.copyOf(text, length);
  }

  /** Without the last line, which is cut off. */
  private static byte[] lines(byte[] text) {
    int end = text.length;
    while (end > 0 && text[end - 1] != '\n' && text[end - 1] != '\r') {
      end--;
    }
    return Arrays.copyOf(text, end == 0 ? text.length : end);
  }

  private static void refuseOthers(Path file, byte[] magic) {
    String what = null;
    if (startsWith(magic, 'P', 'K', 3, 4)) {
      what = "a zip file, as those of Excel are";
    } else if (startsWith(magic, 'P', 'A', 'R', '1')) {
      what = "a Parquet file";
    } else if (startsWith(magic, 'O', 'b', 'j', 1)) {
      what = "an Avro file";
    } else if (startsWith(magic, 0xFF, 0xFE) || startsWith(magic, 0xFE, 0xFF)) {
      what = "text in UTF-16";
    } else if (startsWith(magic, 0x28, 0xB5, 0x2F, 0xFD) || startsWith(magic, 'B', 'Z', 'h')) {
      what = "packed with zstd or bzip2";
    }
    if (what != null) {
      throw new UndecidedException(
          file + " is " + what + "; save it as CSV, TSV or JSONL in UTF-8, plain or gzipped");
    }
  }

  private static boolean startsWith(byte[] bytes, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether it is JSONL: no header line begins with a brace. */
  boolean isJson() {
    return firstLine().startsWith("{");
  }

  private void refuseOneArray(Path file) {
    String line = firstLine();
    if (line.equals("[") || line.startsWith("[{") || line.startsWith("[ {")) {
      throw new UndecidedException(
          file
              + " is one JSON array; Tapline reads JSONL, an object a line. To make it of this one:"
              + " jq -c '.[]' FILE > FILE.jsonl");
    }
    if (line.equals("{")) {
      throw new UndecidedException(
          file
              + " is JSON over several lines; Tapline reads JSONL, an object a line. To make it of"
              + " this one: jq -c . FILE > FILE.jsonl");
    }
  }

  private String firstLine() {
    String start = new String(text, 0, Math.min(text.length, 4096), StandardCharsets.UTF_8);
    return start.replaceFirst("^\uFEFF", "").stripLeading().lines().findFirst().orElse("").strip();
  }
}
