package io.tapline.local;

import io.tapline.export.ExportReader;
import io.tapline.export.ReadPosition;
import io.tapline.export.Row;
import io.tapline.export.UnreadableExportException;
import io.tapline.sync.Format;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The beginning of a file: its header and its first rows, as the splitter would read them. A row
 * may have several lines, so only a reader of exports knows where it ends.
 *
 * @param rows how many there are: those that were asked for, or fewer where the file ends before
 * @param textBytes the bytes of unpacked text that they take, from the beginning of the file on
 * @param isPacked whether the file is packed
 */
record FirstRows(Path file, long rows, long textBytes, boolean isPacked) {

  /**
   * Looks where the first rows of a file end.
   *
   * @param most how many rows, from 1
   * @throws UsageException when the file can't be read so far
   */
  static FirstRows of(Path file, Format format, long most) throws IOException {
    try (ExportReader reader =
        ExportReader.open(Files.newInputStream(file), format, ReadPosition.START, null)) {
      long rows = 0;
      for (Row row = reader.next(); row != null; row = reader.next()) {
        rows++;
        if (rows == most) {
          break;
        }
      }
      boolean isPacked =
          format.compression() == Format.Compression.GZ && !reader.header().rejectsFile();
      return new FirstRows(file, rows, reader.position().textOffset(), isPacked);
    } catch (UnreadableExportException e) {
      throw new UsageException(
          "--limit: the first %,d rows of %s can't be read, %s: %s"
              .formatted(most, file, e.code(), e.getMessage()));
    }
  }

  /** Writes their text. */
  void writeText(OutputStream out) throws IOException {
    byte[] buffer = new byte[64 << 10];
    try (InputStream raw = Files.newInputStream(file);
        InputStream text = isPacked ? new GZIPInputStream(raw, buffer.length) : raw) {
      for (long left = textBytes; left > 0; ) {
        int count = text.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (count < 0) {
          throw new IOException(file + " was changed while it was read");
        }
        out.write(buffer, 0, count);
        left -= count;
      }
    }
  }

  /** Writes them as a file like the one that they are of, packed where that is packed. */
  void write(OutputStream out) throws IOException {
    if (!isPacked) {
      writeText(out);
      return;
    }
    GZIPOutputStream packed = new GZIPOutputStream(out, 64 << 10);
    writeText(packed);
    packed.finish();
  }
}
