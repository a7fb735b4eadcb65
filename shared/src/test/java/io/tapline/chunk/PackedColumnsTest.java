package io.tapline.chunk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PackedColumnsTest {

  /** A column, the bytes that it takes, and how many more are bits. */
  static Stream<Arguments> columns() {
    return Stream.of(
        // A dictionary: its size, its lengths, its texts.
        column("the same text", 1000, i -> "abc", 1 + 1 + 3, 0),
        column("nulls", 1000, i -> null, 1 + 1, 0),
        column("empty texts", 1000, i -> "", 1 + 1, 0),
        column("null is not empty", 1000, i -> i % 2 == 0 ? null : "", 1 + 2, 125),
        column("half as many", 10, i -> "a" + i % 5, 1 + 5 + 10, 4),
        column("256 texts", 1024, i -> "x".repeat(i / 4), 2 + 385 + 32_640, 1024),
        column("alike but for the last", 1000, i -> "x".repeat(9) + i % 2, 1 + 2 + 20, 125),
        column("texts of a mebibyte", 4, i -> "x".repeat(1 << 20), 1 + 3 + (1 << 20), 0),
        // None, then the lengths, then the text: 0 and the bytes, or the width and the letters.
        column("more than half as many", 9, i -> "x".repeat(i % 5), 1 + 1 + 9 + 1 + 16, 0),
        column("257 texts", 1028, i -> "x".repeat(i / 4), 1 + 1 + 1548 + 1 + 131_584, 0),
        column("many before one repeats", 1000, i -> "x".repeat(i % 200), 3 + 1365 + 99_500, 0),
        column("texts of any width", 1000, i -> "é" + i, 1 + 1 + 4 + 1 + 4890, 250),
        column("texts of one width", 1000, i -> "id-%03d".formatted(i), 1 + 3 + 1 + 39, 1500),
        column(
            "and some nulls",
            1000,
            i -> i % 10 == 0 ? null : "id-%03d".formatted(i),
            1 + 4 + 1 + 38,
            125 + 3 * 450),
        column("a width of 64", 1000, i -> "%064d".formatted(i), 1 + 3 + 1 + 2 * 61 + 33, 1500),
        column("a width of 65", 1000, i -> "%065d".formatted(i), 1 + 3 + 1 + 65_000, 0),
        column("a single text", 1, i -> "abc", 1 + 1 + 1 + 1 + 3, 0),
        column("a single null", 1, i -> null, 1 + 1 + 1 + 1, 0));
  }

  private static Arguments column(
      String rule, int fields, IntFunction<@Nullable String> field, int bytes, int bits) {
    List<@Nullable String> cells = new ArrayList<>();
    IntStream.range(0, fields).mapToObj(field).forEach(cells::add);
    return Arguments.of(rule, Collections.unmodifiableList(cells), bytes, bits);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("columns")
  void aColumnTakesWhatItsFormNeedsAndComesBack(
      String rule, List<@Nullable String> cells, int bytes, int bits) {
    ChunkColumn column = new ChunkColumn();
    for (String cell : cells) {
      if (cell == null) {
        column.addNull();
      } else {
        column.add(cell.getBytes(UTF_8), 0, cell.getBytes(UTF_8).length);
      }
    }
    PackedColumns packed = new PackedColumns();
    packed.add(column.drain());
    byte[] packedBits = packed.bits();
    ByteArrayOutputStream parts = new ByteArrayOutputStream();
    packed.parts().forEach(parts::writeBytes);

    assertThat(parts.size()).as(rule).isEqualTo(bytes);
    assertThat(packedBits).as(rule).hasSize(bits);
    StoredBytes stored = new StoredBytes(parts.toByteArray());
    StoredBits storedBits = new StoredBits(packedBits, 0);
    assertThat(texts(StoredColumn.read(stored, storedBits, cells.size()))).isEqualTo(cells);
    assertThat(stored.rest()).isZero();
    assertThat(storedBits.hasMore()).isFalse();
  }

  private static List<@Nullable String> texts(StoredColumn column) {
    List<@Nullable String> texts = new ArrayList<>();
    for (int i = 0; i < column.lengths.length; i++) {
      int length = column.lengths[i];
      texts.add(length == 0 ? null : new String(column.bytes, column.starts[i], length - 1, UTF_8));
    }
    return texts;
  }

  /** Each number of letters that is the last or the first of its number of bits. */
  static Stream<Arguments> alphabets() {
    return Stream.of(1, 2, 3, 4, 5, 8, 9, 16, 17, 32, 33, 64, 65, 128, 129, 255, 256)
        .flatMap(letters -> Stream.of(1, 3, 257, 1000).map(count -> Arguments.of(letters, count)));
  }

  @ParameterizedTest(name = "{1} of {0} letters")
  @MethodSource("alphabets")
  void lettersComeBackFromAsFewBitsAsTheyNeed(int letters, int count) {
    byte[] indexes = new byte[count];
    for (int i = 0; i < count; i++) {
      indexes[i] = (byte) (i * 7919 % letters);
    }
    Bits bits = new Bits();
    bits.putIndexes(indexes, letters);
    bits.putIndexes(indexes, letters);
    StoredBits stored = new StoredBits(bits.drain(), 0);

    assertThat(stored.indexes(count, letters)).isEqualTo(indexes);
    assertThat(stored.indexes(count, letters)).as("the next ones").isEqualTo(indexes);
    assertThat(stored.hasMore()).isFalse();
  }
}
