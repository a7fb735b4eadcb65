package io.tapline.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** In the default dialect the rows are those that FastCSV reads. */
class FastCsvComparisonTest {

  @Test
  void theRowsAreThoseOfFastCsv() throws IOException {
    for (int seed = 0; seed < 2_000; seed++) {
      byte[] text = new RandomExport(seed).csv(10);
      assertThat(Exports.read(text, Exports.CSV))
          .as("seed %d", seed)
          .isEqualTo(FastCsvRows.of(text));
    }
  }
}
