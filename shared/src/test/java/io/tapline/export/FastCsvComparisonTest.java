package io.tapline.export;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In the default dialect the rows are those that FastCSV reads. */
class FastCsvComparisonTest {

  @Test
  void theRowsAreThoseOfFastCsv() throws IOException {
    for (int seed = 0; seed < 2_000; seed++) {
      byte[] text = new RandomExport(seed).csv(10);
      assertThat(Exports.read(text, Exports.CSV))
          .as("seed %d", seed)
          .isEqualTo(readWithFastCsv(text));
    }
  }

  private static List<String> readWithFastCsv(byte[] text) throws IOException {
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
