package io.tapline.export;

import io.tapline.sync.Format;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Any bytes as an export: its first byte chooses the dialect, its second where reading is broken
 * off. No failure but the documented ones; no row twice or left out; the same rows after a resume;
 * and those of FastCSV where the text is CSV beyond doubt.
 */
public final class CsvFuzzTarget {

  private static final List<Format> FORMATS =
      List.of(
          Exports.CSV,
          Exports.withoutHeader(Exports.CSV, "a", "b"),
          Exports.withoutHeader(Exports.csv(',', '"', '\\', "\\N"), "a", "b"),
          Exports.withoutHeader(Exports.csv('\t', null, '\\', ""), "a", "b"),
          Exports.withoutHeader(Exports.csv('|', '\'', '\'', "NULL"), "a"));

  private static final Set<String> CODES =
      Set.of("EMPTY_EXPORT", "BROKEN_HEADER", "UNCLOSED_QUOTE");

  /** Rows whose cells are quoted whole or not at all. */
  private static final Pattern STRICT =
      Pattern.compile(
          "\uFEFF?+(?:(?:\"(?:[^\"]|\"\")*+\"|[^\",\r\n"
              + "]++)?+(?:,(?:\"(?:[^\"]|\"\")*+\"|[^\",\r\n"
              + "]++)?+)*+(?:\r\n"
              + "|\r"
              + "|\n"
              + "))++");

  /** FastCSV has no field there. */
  private static final Pattern EMPTY_LINE = Pattern.compile("^\uFEFF?[\r\n]|\n[\r\n]|\r\r");

  private CsvFuzzTarget() {}

  /** One try; a failure is a finding. */
  public static void fuzzerTestOneInput(byte[] data) throws IOException {
    if (data.length < 2) {
      return;
    }
    Format format = FORMATS.get((data[0] & 0xFF) % FORMATS.size());
    byte[] text = Arrays.copyOfRange(data, 2, data.length);
    List<String> rows;
    List<ReadPosition> positions = new ArrayList<>();
    Header header;
    try (ExportReader reader = Exports.open(text, format)) {
      header = reader.header();
      rows = Reading.rows(reader, positions);
    } catch (UnreadableExportException e) {
      Reading.require(CODES.contains(e.code()), e.code());
      return;
    }
    int from = (data[1] & 0xFF) % positions.size();
    ReadPosition position = positions.get(from);
    byte[] rest = Arrays.copyOfRange(text, Math.toIntExact(position.memberOffset()), text.length);
    try (ExportReader reader =
        ExportReader.open(new ByteArrayInputStream(rest), format, position, header)) {
      Reading.require(
          Reading.rows(reader, new ArrayList<>()).equals(rows.subList(from, rows.size())),
          "other rows after a resume at row " + from);
    }
    if (format == Exports.CSV && !header.rejectsFile()) {
      compareWithFastCsv(text, rows);
    }
  }

  private static void compareWithFastCsv(byte[] text, List<String> rows) throws IOException {
    boolean broken = rows.stream().anyMatch(row -> !row.contains("[") && !row.contains("null"));
    String asText = new String(text, StandardCharsets.UTF_8);
    if (broken || !STRICT.matcher(asText).matches() || EMPTY_LINE.matcher(asText).find()) {
      return;
    }
    Reading.require(
        FastCsvRows.of(text).equals(rows), "FastCSV reads other rows: " + FastCsvRows.of(text));
  }
}
