package io.tapline.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tapline.sync.Format;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reading that goes on from any position gives the same rows, and the same positions, as one read
 * from the start.
 */
class ResumeTest {

  private static final int SEEDS = 30;

  @Test
  void csv() throws IOException {
    for (int seed = 0; seed < SEEDS; seed++) {
      RandomExport random = new RandomExport(seed);
      byte[] text = random.csv(15);
      assertReadsOnFromEachRow(seed, text, Exports.CSV, 1);
      assertReadsOnFromEachRow(seed, random.gzip(text), Exports.gz(Exports.CSV), 1);
    }
  }

  @Test
  void csvWithoutHeader() throws IOException {
    Format format = Exports.withoutHeader(Exports.CSV, "a", "b");
    for (int seed = 0; seed < SEEDS; seed++) {
      RandomExport random = new RandomExport(seed);
      byte[] text = random.csvWithBrokenRows(15);
      assertReadsOnFromEachRow(seed, text, format, 1);
      assertReadsOnFromEachRow(seed, random.gzip(text), Exports.gz(format), 1);
    }
  }

  @Test
  void csvWithBrokenRows() throws IOException {
    for (int seed = 0; seed < SEEDS; seed++) {
      RandomExport random = new RandomExport(seed);
      byte[] text = random.csvWithBrokenRows(15);
      assertReadsOnFromEachRow(seed, text, Exports.CSV, 1);
      assertReadsOnFromEachRow(seed, random.gzip(text), Exports.gz(Exports.CSV), 1);
    }
  }

  @Test
  void jsonl() throws IOException {
    for (int seed = 0; seed < SEEDS; seed++) {
      RandomExport random = new RandomExport(seed);
      byte[] text = random.jsonl(15);
      assertReadsOnFromEachRow(seed, text, Exports.JSONL, 1);
      assertReadsOnFromEachRow(seed, random.gzip(text), Exports.gz(Exports.JSONL), 1);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dialects")
  void anyBytes(String name, Format format) throws IOException {
    int read = 0;
    for (int seed = 0; seed < 10 * SEEDS; seed++) {
      byte[] text = new RandomExport(seed).bytes(60);
      try {
        assertReadsOnFromEachRow(seed, text, format, 1);
        read++;
      } catch (UnreadableExportException e) {
        assertThat(e.code()).isEqualTo("UNCLOSED_QUOTE");
      }
    }
    assertThat(read).isGreaterThan(SEEDS);
  }

  static Stream<Arguments> dialects() {
    return Stream.of(
        arguments("standard", Exports.withoutHeader(Exports.CSV, "a", "b")),
        arguments("backslash", Exports.withoutHeader(Exports.csv(',', '"', '\\', "\\N"), "a", "b")),
        arguments("no quotes", Exports.withoutHeader(Exports.csv(',', null, '\\', ""), "a", "b")),
        arguments("one column", Exports.withoutHeader(Exports.CSV, "a")),
        arguments("JSONL", Exports.JSONL));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anExportOfManyBuffers(long seed) throws IOException {
    RandomExport random = new RandomExport(seed);
    byte[] text = random.csv(40_000);
    assertReadsOnFromEachRow(seed, text, Exports.CSV, 7_001);
    assertReadsOnFromEachRow(seed, random.gzip(text), Exports.gz(Exports.CSV), 7_001);
  }

  private static void assertReadsOnFromEachRow(long seed, byte[] object, Format format, int step)
      throws IOException {
    List<ReadPosition> positions = new ArrayList<>();
    List<String> rows = new ArrayList<>();
    Header header;
    try (ExportReader reader = Exports.open(object, format)) {
      header = reader.header();
      readAll(reader, rows, positions);
    }
    for (int row = 0; row <= rows.size(); row += step) {
      ReadPosition position = positions.get(row);
      byte[] rest =
          Arrays.copyOfRange(object, Math.toIntExact(position.memberOffset()), object.length);
      List<ReadPosition> laterPositions = new ArrayList<>();
      List<String> laterRows = new ArrayList<>();
      try (ExportReader reader =
          ExportReader.open(new ByteArrayInputStream(rest), format, position, header)) {
        assertThat(reader.header()).isEqualTo(header);
        readAll(reader, laterRows, laterPositions);
      }
      assertThat(laterRows)
          .as("seed %d, row %d", seed, row)
          .isEqualTo(rows.subList(row, rows.size()));
      assertThat(laterPositions)
          .as("seed %d, row %d", seed, row)
          .isEqualTo(positions.subList(row, positions.size()));
    }
  }

  private static void readAll(ExportReader reader, List<String> rows, List<ReadPosition> positions)
      throws IOException {
    positions.add(reader.position());
    Row row = reader.next();
    while (row != null) {
      rows.add(Exports.show(row));
      positions.add(reader.position());
      row = reader.next();
    }
  }
}
