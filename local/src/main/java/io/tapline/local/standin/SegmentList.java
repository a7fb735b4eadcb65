package io.tapline.local.standin;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What CleverTap finds in the file of a custom list: a header line, then a line a user, {@code g}
 * with a CleverTap id or {@code i} with an identity.
 *
 * @param rows how many users, up to where the file is not valid
 * @param problem what is wrong with it, without its data; null when nothing is
 */
record SegmentList(long rows, @Nullable String problem) {

  private static final List<String> HEADER = List.of("Type", "Identity");
  private static final String HEADER_LINE = "Type,Identity";

  /** Reads a file, whatever its size, in constant memory. */
  static SegmentList read(Path file) {
    // A decoder that was asked for reports what is no UTF-8; a charset alone would replace it.
    try (InputStream start = Files.newInputStream(file);
        Reader in =
            new InputStreamReader(
                Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder())) {
      // To the letter: a CSV reader would also take it with quotes.
      byte[] first = start.readNBytes(HEADER_LINE.length());
      return HEADER_LINE.equals(new String(first, StandardCharsets.UTF_8)) ? rows(in) : wrong(-1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SegmentList rows(Reader in) throws IOException {
    long rows = -1;
    try (CsvReader<CsvRecord> lines = CsvReader.builder().skipEmptyLines(false).ofCsvRecord(in)) {
      for (CsvRecord line : lines) {
        List<String> fields = line.getFields();
        if (rows < 0 ? !fields.equals(HEADER) : !isUser(fields)) {
          return wrong(rows);
        }
        rows++;
      }
      return new SegmentList(rows, null);
    } catch (CsvParseException | UncheckedIOException e) {
      return wrong(rows);
    }
  }

  private static SegmentList wrong(long rows) {
    return rows < 0
        ? new SegmentList(0, "the header is wrong")
        : new SegmentList(rows, "row " + (rows + 1) + " is wrong");
  }

  private static boolean isUser(List<String> fields) {
    return fields.size() == HEADER.size()
        && (fields.get(0).equals("g") || fields.get(0).equals("i"))
        && !fields.get(1).isBlank()
        && fields.get(1).length() <= AddressCheck.MAX_CHARACTERS;
  }
}
