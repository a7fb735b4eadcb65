package io.tapline.export;

import io.tapline.sync.Format;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** What the tests of this package make exports with, and read them with. */
final class Exports {

  static final Format CSV = csv(',', '"', '"', "");
  static final Format JSONL =
      new Format(Format.Type.JSONL, Format.Compression.NONE, false, ',', '"', '"', "", List.of());

  private Exports() {}

  static Format csv(char delimiter, @Nullable Character quote, char escape, String nullText) {
    return new Format(
        delimiter == '\t' ? Format.Type.TSV : Format.Type.CSV,
        Format.Compression.NONE,
        true,
        delimiter,
        quote,
        escape,
        nullText,
        List.of());
  }

  static Format gz(Format plain) {
    return new Format(
        plain.type(),
        Format.Compression.GZ,
        plain.header(),
        plain.delimiter(),
        plain.quote(),
        plain.escape(),
        plain.nullText(),
        plain.columns());
  }

  static Format withoutHeader(Format format, String... columns) {
    return new Format(
        format.type(),
        format.compression(),
        false,
        format.delimiter(),
        format.quote(),
        format.escape(),
        format.nullText(),
        List.of(columns));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The bytes of a text of code points 0 to 255. */
  static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] gzip(byte[] text) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gz = new GZIPOutputStream(packed)) {
      gz.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static ExportReader open(byte[] object, Format format) throws IOException {
    return ExportReader.open(new ByteArrayInputStream(object), format, ReadPosition.START, null);
  }

  /** All rows, shown. */
  static List<String> read(byte[] object, Format format) throws IOException {
    try (ExportReader reader = open(object, format)) {
      return rest(reader);
    }
  }

  /** The rows that are left, shown. */
  static List<String> rest(ExportReader reader) throws IOException {
    List<String> shown = new ArrayList<>();
    Row row = reader.next();
    while (row != null) {
      shown.add(show(row));
      row = reader.next();
    }
    return shown;
  }

  /**
   * A row in one line: its number, and its fields in brackets with {@code null} for a null one, or
   * its verdict.
   */
  static String show(Row row) {
    return row.number()
        + " "
        + switch (row) {
          case DelimitedRow fields -> show(fields);
          case JsonRow json -> json.line();
          case BrokenRow broken -> broken.code() + ": " + broken.reason();
        };
  }

  private static String show(DelimitedRow row) {
    StringBuilder shown = new StringBuilder();
    for (int field = 0; field < row.size(); field++) {
      shown.append(row.isNull(field) ? "null" : "[" + row.text(field) + "]");
    }
    return shown.toString();
  }
}
