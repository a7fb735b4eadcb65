package io.tapline.export;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What FastCSV reads, shown as {@link Exports#show} shows rows. */
final class FastCsvRows {

  private FastCsvRows() {}

  /** The rows below the header. */
  static List<String> of(byte[] text) throws IOException {
    List<String> rows = new ArrayList<>();
    try (CsvReader<String> reader =
        CsvReader.builder()
            .detectBomHeader(true)
            .skipEmptyLines(false)
            .build(new Shown(), new ByteArrayInputStream(text))) {
      for (String row : reader) {
        rows.add(rows.size() + " " + row);
      }
    }
    return rows.subList(1, rows.size());
  }

  /** Shows a row as {@link Exports#show} does. */
  private static final class Shown extends AbstractBaseCsvCallbackHandler<String> {

    private final StringBuilder row = new StringBuilder();

    @Override
    protected void handleBegin(long startingLineNumber) {
      row.setLength(0);
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
      row.append(length == 0 && !quoted ? "null" : "[" + new String(buffer, offset, length) + "]");
    }

    @Override
    protected String buildRecord() {
      return row.toString();
    }
  }
}
