package io.tapline.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapline.export.BrokenRow;
import io.tapline.export.DelimitedRow;
import io.tapline.export.JsonLine;
import io.tapline.export.JsonRow;
import io.tapline.export.Row;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChunkBufferTest {

  private static final int MIB = 1 << 20;

  @Test
  void isFullAtItsNumberOfRows() {
    ChunkBuffer buffer = new ChunkBuffer(2);
    Row row = delimited("a");

    assertThat(buffer.isFullFor(row)).isFalse();
    buffer.add(row);
    assertThat(buffer.isFullFor(row)).isFalse();
    buffer.add(row);
    assertThat(buffer.isFullFor(row)).isTrue();
  }

  /** Rows of one MiB each, whatever their kind and characters. */
  static Stream<Arguments> mebibytes() throws Exception {
    return Stream.of(
        Arguments.of("a delimited row", delimited("x".repeat(MIB))),
        Arguments.of("one of two bytes a character", delimited("é".repeat(MIB / 2))),
        Arguments.of("one that needs escapes", delimited("\n".repeat(MIB))),
        Arguments.of("JSON", json("x".repeat(MIB - 8))),
        Arguments.of("JSON of two bytes a character", json("é".repeat((MIB - 8) / 2))),
        Arguments.of("JSON of three bytes a character", json("日".repeat((MIB - 8) / 3) + "ab")),
        Arguments.of("JSON of four bytes a character", json("😀".repeat((MIB - 8) / 4))),
        Arguments.of("a broken row", broken("é".repeat(MIB / 2))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mebibytes")
  void isFullAtFourMebibytesOfContent(String rule, Row row) {
    ChunkBuffer buffer = new ChunkBuffer(1000);
    for (int i = 0; i < 4; i++) {
      assertThat(buffer.isFullFor(row)).as(rule).isFalse();
      buffer.add(row);
    }

    assertThat(buffer.isFullFor(row)).as(rule).isTrue();
    assertThat(buffer.isFullFor(delimited("x"))).as("a byte more").isTrue();
    assertThat(buffer.isFullFor(broken(null))).as("no content").isFalse();
  }

  @Test
  void anEmptyBufferHasPlaceForEveryRow() {
    ChunkBuffer buffer = new ChunkBuffer(1000);
    Row huge = delimited("x".repeat(ChunkBuffer.MAX_BYTES + 1));

    assertThat(buffer.isFullFor(huge)).isFalse();
    buffer.add(huge);
    assertThat(buffer.isFullFor(delimited("x"))).isTrue();
    assertThat(StoredRows.unpack(StoredRows.pack(buffer.drain()))).hasSize(1);
  }

  @Test
  void isEmptyAgainWhenItWasDrained() {
    ChunkBuffer buffer = new ChunkBuffer(1);
    assertThat(buffer.isEmpty()).isTrue();
    buffer.add(delimited("a"));
    assertThat(buffer.isEmpty()).isFalse();

    assertThat(StoredRows.unpack(StoredRows.pack(buffer.drain()))).hasSize(1);

    assertThat(buffer.isEmpty()).isTrue();
    assertThat(buffer.isFullFor(delimited("b"))).isFalse();
    assertThat(StoredRows.unpack(StoredRows.pack(buffer.drain()))).isEmpty();
  }

  private static DelimitedRow delimited(String cell) {
    return StoredRowsTest.delimited(1, List.of(cell));
  }

  private static JsonRow json(String value) throws Exception {
    String line = "{\"a\":\"" + value + "\"}";
    return new JsonRow(1, line, (ObjectNode) JsonLine.parse(line));
  }

  private static BrokenRow broken(String line) {
    return new BrokenRow(1, "NOT_AN_OBJECT", "line 1 is not valid", line);
  }
}
