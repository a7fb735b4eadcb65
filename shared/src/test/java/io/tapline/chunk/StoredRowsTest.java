package io.tapline.chunk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapline.export.BrokenRow;
import io.tapline.export.DelimitedRow;
import io.tapline.export.JsonLine;
import io.tapline.export.JsonRow;
import io.tapline.export.Row;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredRowsTest {

  /** What a stored chunk begins with. */
  private static final int FORM = 2;

  static Stream<Arguments> delimitedRows() {
    return Stream.of(
        Arguments.of("plain text", cells("id-1", "x@example.com", "42")),
        Arguments.of("null is not empty", cells(null, "", null, "")),
        Arguments.of("one null", cells((String) null)),
        Arguments.of("one empty text", cells("")),
        Arguments.of("no field", cells()),
        Arguments.of("the text null", cells("null", "\\N")),
        Arguments.of("quotes and backslashes", cells("\"", "\\", "\\\"", "a\"b\\c", "\\u0041")),
        Arguments.of(
            "as many fields as need two bytes to tell", cells(",".repeat(299).split("", -1))),
        Arguments.of("a length that needs two bytes", cells("x".repeat(127), "y".repeat(128))),
        Arguments.of("line ends", cells("a\nb", "a\r\nb", "\r", "\n")),
        Arguments.of("control characters", cells(characters(1, 0x20), "\u007f")),
        Arguments.of("two bytes", cells(characters(0x80, 0x800))),
        Arguments.of("three bytes", cells(characters(0x800, 0xD800), characters(0xE000, 0x10000))),
        Arguments.of("four bytes", cells("😀", characters(0x10000, 0x10400), "\uDBFF\uDFFF")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("delimitedRows")
  void aDelimitedRowComesBackAsItWas(String rule, List<String> cells) {
    Row row = throughStore(delimited(7, cells));

    assertThat(row.number()).isEqualTo(7);
    assertThat(cellsOf(row)).as(rule).isEqualTo(cells);
  }

  @Test
  void rowsOfRandomTextComeBackAsTheyWere() {
    Random random = new Random(20261124);
    ChunkBuffer buffer = new ChunkBuffer(1000);
    List<List<String>> written = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      List<String> cells = new ArrayList<>();
      for (int field = random.nextInt(8); field >= 0; field--) {
        cells.add(random.nextInt(5) == 0 ? null : randomText(random));
      }
      written.add(cells);
      buffer.add(delimited(i + 1, cells));
    }

    List<Row> rows = StoredRows.unpack(StoredRows.pack(buffer.drain()));

    assertThat(rows).extracting(StoredRowsTest::cellsOf).isEqualTo(written);
    assertThat(rows)
        .extracting(Row::number)
        .isEqualTo(IntStream.rangeClosed(1, 1000).mapToObj(Long::valueOf).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"a\":1}",
        "  { \"a\" :\t1 }  ",
        "{\"a\":\r1}",
        "{\"name\":\"čeština 日本語 😀\"}",
        "{\"escaped\":\"\\n\\u00e9\\\"\"}",
        "{\"a\":{\"b\":[1,null,true]}}"
      })
  void aLineOfJsonComesBackAsItWas(String line) throws Exception {
    Row row = throughStore(jsonRow(12, line));

    assertThat(row).isEqualTo(jsonRow(12, line));
  }

  /** As one that is sent would show it; 1.10 came back as 1.1 once. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.10",
        "100.00",
        "0.0",
        "1E+2",
        "12345678901234567890123456789",
        "0.1234567890123456789012345678901234567890",
        "-0.10"
      })
  void aNumberOfJsonComesBackDigitByDigit(String number) throws Exception {
    JsonRow row = (JsonRow) throughStore(jsonRow(1, "{\"n\":" + number + "}"));

    JsonNode value = row.fields().get("n");
    assertThat(value.isBigDecimal() ? value.decimalValue().toString() : value.asText())
        .isEqualTo(number);
  }

  static Stream<BrokenRow> brokenRows() {
    return Stream.of(
        new BrokenRow(3, "WRONG_FIELD_COUNT", "line 4 has 2 fields; expected 3", null),
        new BrokenRow(4, "NOT_AN_OBJECT", "line 4 is JSON, but no object", "[\"a\\n\", \"😀\"]"),
        new BrokenRow(5, "NOT_AN_OBJECT", "line 5 is not valid", "!\u0001\t\""),
        new BrokenRow(6, "NOT_AN_OBJECT", "line 6 is not valid", ""));
  }

  @ParameterizedTest
  @MethodSource("brokenRows")
  void aBrokenRowComesBackAsItWas(BrokenRow row) {
    assertThat(throughStore(row)).isEqualTo(row);
  }

  @Test
  void kindsOfRowsKeepTheirOrder() throws Exception {
    BrokenRow broken = new BrokenRow(2, "NOT_AN_OBJECT", "line 2 is not valid", "{");
    ChunkBuffer buffer = new ChunkBuffer(10);
    buffer.add(jsonRow(1, "{\"a\":1}"));
    buffer.add(broken);
    buffer.add(jsonRow(9_000_000_000L, "{\"a\":2}"));

    assertThat(StoredRows.unpack(StoredRows.pack(buffer.drain())))
        .containsExactly(jsonRow(1, "{\"a\":1}"), broken, jsonRow(9_000_000_000L, "{\"a\":2}"));
  }

  @Test
  void liesColumnByColumn() throws Exception {
    ChunkBuffer buffer = new ChunkBuffer(10);
    buffer.add(delimited(5, cells("a", null, "bc")));
    buffer.add(delimited(3, cells("d")));
    buffer.add(jsonRow(7, "{}"));

    assertThat(unzipped(StoredRows.pack(buffer.drain())))
        .as("form, rows, bits, numbers, kinds, and of each column no dictionary, lengths, text")
        .containsExactly(
            join(
                bytes(FORM, 3, 0, 10, 3, 8, 5, 3, 0),
                bytes(0, 0, 2, 2, 3, 0, 'a', 'd', '{', '}'),
                bytes(0, 0, 0, 0),
                bytes(0, 0, 3, 0, 'b', 'c')));
  }

  @Test
  void bitsLieAtTheEnd() {
    ChunkBuffer buffer = new ChunkBuffer(10);
    for (int i = 0; i < 10; i++) {
      buffer.add(delimited(i + 1, cells(i % 3 == 0 ? "yes" : "no")));
    }

    assertThat(unzipped(StoredRows.pack(buffer.drain())))
        .as("form, rows, bits, numbers, kinds, dictionary, which of it")
        .containsExactly(
            join(
                bytes(FORM, 10, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2),
                bytes(3, 3, 3, 3, 3, 3, 3, 3, 3, 3),
                bytes(2, 4, 3, 'y', 'e', 's', 'n', 'o'),
                bytes(0b01101101, 0b10000000)));
  }

  /** A chunk of a row is packed at one level and its bits at another; each may be of any size. */
  @ParameterizedTest
  @ValueSource(ints = {1, 30, 1000, 30_000, 100_000})
  void bitsOfAnySizeComeBackBehindTextOfAnySize(int rows) {
    Random random = new Random(rows);
    ChunkBuffer buffer = new ChunkBuffer(rows);
    List<List<String>> written = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      written.add(cells("%08d".formatted(random.nextInt(100_000_000)), randomText(random)));
      buffer.add(delimited(i + 1, written.getLast()));
    }

    assertThat(StoredRows.unpack(StoredRows.pack(buffer.drain())))
        .extracting(StoredRowsTest::cellsOf)
        .isEqualTo(written);
  }

  @Test
  void columnsOfAnEarlierChunkAreForgotten() {
    ChunkBuffer used = new ChunkBuffer(1);
    used.add(delimited(1, cells("a", "b", "c")));
    used.drain();
    used.add(delimited(2, cells("d")));
    ChunkBuffer fresh = new ChunkBuffer(1);
    fresh.add(delimited(2, cells("d")));

    assertThat(StoredRows.pack(used.drain())).isEqualTo(StoredRows.pack(fresh.drain()));
  }

  private static byte[] unzipped(byte[] packed) {
    try (GZIPInputStream gz = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return gz.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] zipped(byte[] stored) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gz = new GZIPOutputStream(packed)) {
      gz.write(stored);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  @Test
  void theSameRowsGiveTheSameBytes() {
    byte[] packed = StoredRows.pack(alike());

    assertThat(packed).isEqualTo(StoredRows.pack(alike()));
    assertThat(packed).hasSizeLessThan(1000);
  }

  private static FilledChunk alike() {
    ChunkBuffer buffer = new ChunkBuffer(1000);
    for (int i = 0; i < 1000; i++) {
      buffer.add(delimited(i, cells("some text", "and more")));
    }
    return buffer.drain();
  }

  @Test
  void aChunkWithoutRowsHasNone() {
    assertThat(StoredRows.unpack(StoredRows.pack(new ChunkBuffer(1).drain()))).isEmpty();
  }

  static Stream<Arguments> damaged() {
    byte[] beyondInt = bytes(-1, -1, -1, -1, 7);
    byte[] field = bytes(1, 0, 2, 3);
    byte[] twoFields = bytes(1, 0, 2, 4);
    byte[] line = bytes(1, 0, 2, 0);
    byte[] eightRows = bytes(8, 1, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3);
    return Stream.of(
        Arguments.of("nothing at all", bytes()),
        Arguments.of("a number without an end", bytes(1, 0x80)),
        Arguments.of("more than 63 bits", bytes(1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1)),
        Arguments.of("more rows than bytes", bytes(3, 0, 0, 0)),
        Arguments.of("more bits than bytes", bytes(1, 4, 2, 3)),
        Arguments.of("no kind", bytes(1, 0, 2)),
        Arguments.of("a column without a form", field),
        Arguments.of("a field without a length", join(field, bytes(0, 0))),
        Arguments.of("a field without its text", join(field, bytes(0, 0, 2, 0))),
        Arguments.of("more columns than bytes", bytes(1, 0, 2, 127, 0)),
        Arguments.of("a number of fields beyond all", bytes(1, 0, 2, -1, -1, -1, -1, 127)),
        Arguments.of("a field beyond an int", join(field, bytes(0, 0), beyondInt, bytes(0, 'a'))),
        Arguments.of(
            "fields that end beyond an int",
            join(twoFields, bytes(0, 0, 2, 0, 'a', 0, 0), beyondInt, bytes(0, 'a'))),
        Arguments.of("a line without a length", join(line, bytes(0, 0))),
        Arguments.of("a line that breaks off", join(line, bytes(0, 0, 4, 0, '{'))),
        Arguments.of("something behind the last", join(field, bytes(0, 0, 2, 0, 'a', 'b'))),
        Arguments.of("a broken object", join(line, bytes(0, 0, 5, 0, '{', '"', 'a', '"'))),
        Arguments.of("a broken reason", bytes(1, 0, 2, 1, 0, 0, 2, 0, '{')),
        Arguments.of("a dictionary without its text", join(eightRows, bytes(2, 2, 2, 'a', 0))),
        Arguments.of("one beyond all bytes", join(eightRows, beyondInt, bytes(2, 'a', 0))),
        Arguments.of("one beyond an index", join(eightRows, bytes(0x80, 4), new byte[513])),
        Arguments.of("an index beyond it", join(eightRows, bytes(1, 2, 'a', 0))),
        Arguments.of("bits that break off", join(eightRows, bytes(3, 1, 1, 1, 0))),
        Arguments.of("places without letters", join(eightRows, bytes(0, 1, 0, 0, 0))),
        Arguments.of("places beyond a width", join(eightRows, bytes(0, 65), new byte[80])),
        Arguments.of("more letters than bytes", join(eightRows, bytes(0, 1, 9, 1, 0))),
        Arguments.of(
            "places wider than their texts", join(field, bytes(0, 0, 2, 2, 1, 'a', 1, 'b'))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("damaged")
  void whatNoBufferWroteIsAnError(String rule, byte[] stored) {
    byte[] packed = zipped(join(bytes(FORM), stored));

    assertThatThrownBy(() -> StoredRows.unpack(packed))
        .as(rule)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a chunk is not as it was stored")
        .hasNoCause();
  }

  @Test
  void aChunkOfAnotherFormSaysSo() {
    // So began a chunk of one row before forms had a number.
    byte[] packed = zipped(bytes(1, 2, 3, 2, 'a'));

    assertThatThrownBy(() -> StoredRows.unpack(packed))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("another version of Tapline");
    assertThatThrownBy(() -> StoredRows.count(packed))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("another version of Tapline");
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 1000, 100_000})
  void countsRowsWithoutReadingThem(int rows) {
    ChunkBuffer buffer = new ChunkBuffer(Math.max(1, rows));
    for (int row = 1; row <= rows; row++) {
      buffer.add(delimited(row, List.of("a")));
    }

    assertThat(StoredRows.count(StoredRows.pack(buffer.drain()))).isEqualTo(rows);
  }

  @Test
  void countsNothingThatNoBufferWrote() {
    assertThatThrownBy(() -> StoredRows.count(new byte[20]))
        .isInstanceOf(IllegalStateException.class);
    byte[] empty = zipped(new byte[0]);
    assertThatThrownBy(() -> StoredRows.count(empty)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatIsNoGzipIsAnError() {
    assertThatThrownBy(() -> StoredRows.unpack(new byte[20]))
        .isInstanceOf(IllegalStateException.class);
  }

  private static Row throughStore(Row row) {
    ChunkBuffer buffer = new ChunkBuffer(1);
    buffer.add(row);
    List<Row> rows = StoredRows.unpack(StoredRows.pack(buffer.drain()));
    assertThat(rows).hasSize(1);
    return rows.getFirst();
  }

  private static JsonRow jsonRow(long number, String line) throws Exception {
    return new JsonRow(number, line, (ObjectNode) JsonLine.parse(line));
  }

  static DelimitedRow delimited(long number, List<String> cells) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int[] ends = new int[cells.size()];
    boolean[] nulls = new boolean[cells.size()];
    for (int i = 0; i < ends.length; i++) {
      nulls[i] = cells.get(i) == null;
      if (!nulls[i]) {
        bytes.writeBytes(cells.get(i).getBytes(UTF_8));
      }
      ends[i] = bytes.size();
    }
    return new DelimitedRow(number, bytes.toByteArray(), ends, nulls);
  }

  private static List<String> cellsOf(Row row) {
    DelimitedRow delimited = (DelimitedRow) row;
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < delimited.size(); i++) {
      cells.add(delimited.isNull(i) ? null : delimited.text(i));
    }
    return cells;
  }

  private static List<String> cells(String... cells) {
    return Arrays.asList(cells);
  }

  private static String characters(int from, int to) {
    return IntStream.range(from, to).mapToObj(Character::toString).collect(Collectors.joining());
  }

  private static String randomText(Random random) {
    return random
        .ints(random.nextInt(20), 0, 6)
        .mapToObj(kind -> Character.toString(randomCharacter(random, kind)))
        .collect(Collectors.joining());
  }

  private static int randomCharacter(Random random, int kind) {
    return switch (kind) {
      case 0 -> random.nextInt(1, 0x20);
      case 1 -> "\"\\/,[]{}!".charAt(random.nextInt(9));
      case 2 -> random.nextInt(0x80, 0x800);
      case 3 -> random.nextInt(0x800, 0xD800);
      case 4 -> random.nextInt(0x10000, 0x110000);
      default -> random.nextInt(0x20, 0x80);
    };
  }
}
