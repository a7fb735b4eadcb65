package io.tapline.export;

import static io.tapline.export.Exports.CSV;
import static io.tapline.export.Exports.bytes;
import static io.tapline.export.Exports.csv;
import static io.tapline.export.Exports.latin1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tapline.sync.Format;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of CSV and TSV: how text becomes fields. */
class DelimitedExportTest {

  private static final Format BACKSLASH = csv(',', '"', '\\', "\\N");
  private static final Format NO_QUOTES = csv(',', null, '\\', "\\N");
  private static final Format NULL_WORD = csv(',', '"', '"', "NULL");
  private static final Format TSV = csv('\t', '"', '"', "");
  private static final Format PIPE = csv('|', '\'', '\'', "");

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void becomesRows(String rule, Format format, String text, List<String> rows) throws IOException {
    assertThat(Exports.read(bytes(text), format)).containsExactlyElementsOf(rows);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void becomesTheSameRowsWhenBytesComeOneByOne(
      String rule, Format format, String text, List<String> rows) throws IOException {
    InputStream trickle = new Trickle(bytes(text));
    try (ExportReader reader = ExportReader.open(trickle, format, ReadPosition.START, null)) {
      assertThat(Exports.rest(reader)).containsExactlyElementsOf(rows);
    }
  }

  static Stream<Arguments> rules() {
    return Stream.of(
        arguments("a field each", CSV, "a,b\r\n1,2\r\n", List.of("1 [1][2]")),
        arguments("LF ends a line", CSV, "a,b\n1,2\n3,4\n", List.of("1 [1][2]", "2 [3][4]")),
        arguments("CR ends a line", CSV, "a,b\r1,2\r3,4\r", List.of("1 [1][2]", "2 [3][4]")),
        arguments(
            "line ends may be mixed",
            CSV,
            "a,b\r\n1,2\r3,4\n5,6",
            List.of("1 [1][2]", "2 [3][4]", "3 [5][6]")),
        arguments("the last line needs no end", CSV, "a,b\n1,2", List.of("1 [1][2]")),
        arguments("the last field may be null", CSV, "a,b\n1,", List.of("1 [1]null")),
        arguments("a byte order mark is skipped", CSV, "\uFEFFa\n1\n", List.of("1 [1]")),
        arguments("later it is text", CSV, "a\n\uFEFF1\n", List.of("1 [\uFEFF1]")),
        arguments("no rows under a header", CSV, "a,b\r\n", List.of()),
        arguments("no rows under a header without end", CSV, "a,b", List.of()),
        arguments("unquoted empty is null", CSV, "a,b,c\n,,\n", List.of("1 nullnullnull")),
        arguments("quoted empty is text", CSV, "a,b,c\n,\"\",\n", List.of("1 null[]null")),
        arguments("a quoted delimiter is text", CSV, "a,b\n\"1,2\",3\n", List.of("1 [1,2][3]")),
        arguments("a doubled quote is one", CSV, "a\n\"x\"\"y\"\n", List.of("1 [x\"y]")),
        arguments("only doubled quotes", CSV, "a\n\"\"\"\"\"\"\n", List.of("1 [\"\"]")),
        arguments("a quoted LF is text", CSV, "a\n\"x\ny\"\n2\n", List.of("1 [x\ny]", "2 [2]")),
        arguments("a quoted CRLF is text", CSV, "a\n\"x\r\ny\"\n2", List.of("1 [x\r\ny]", "2 [2]")),
        arguments("a quoted CR is text", CSV, "a\n\"x\ry\r\"\n2", List.of("1 [x\ry\r]", "2 [2]")),
        arguments("a backslash is text", CSV, "a,b\n\\,\"\\\"\n", List.of("1 [\\][\\]")),
        arguments("a quote inside is text", CSV, "a,b\nx\"y\",z\"\n", List.of("1 [x\"y\"][z\"]")),
        arguments("a blank before a quote too", CSV, "a\n \"x\"\n", List.of("1 [ \"x\"]")),
        arguments(
            "text behind a quote stays", CSV, "a,b\n\"x\"y\"z\",\n", List.of("1 [xy\"z\"]null")),
        arguments(
            "a control character is text",
            CSV,
            "a\n\t\u0001x\u000Bxxxxxx\t\n",
            List.of("1 [\t\u0001x\u000Bxxxxxx\t]")),
        arguments(
            "one column: a blank line is a null",
            CSV,
            "a\n\n1\n\n",
            List.of("1 null", "2 [1]", "3 null")),
        arguments("an empty last line is no row", CSV, "a,b\n1,2\n\n", List.of("1 [1][2]")),
        arguments(
            "characters of all lengths",
            CSV,
            "ä\né,€\n",
            List.of("1 WRONG_FIELD_COUNT: line 2 has 2 fields; the header has 1")),
        arguments(
            "fields of all lengths",
            CSV,
            "a,b\n1é€😀,123456789012345\n",
            List.of("1 [1é€😀][123456789012345]")),
        arguments(
            "null text unquoted", NULL_WORD, "a,b,c\nNULL,\"NULL\",\n", List.of("1 null[NULL][]")),
        arguments(
            "null text is all or nothing",
            NULL_WORD,
            "a,b\nNULLS,null\n",
            List.of("1 [NULLS][null]")),
        arguments(
            "null text of any word",
            csv(',', '"', '"', "n/a"),
            "a,b,c\nn/a,\"n/a\",N/A\n",
            List.of("1 null[n/a][N/A]")),
        arguments("every field quoted", CSV, "\"a\",\"b\"\n\"1\",\"\"\n", List.of("1 [1][]")),
        arguments(
            "every field quoted but nulls", CSV, "\"a\",\"b\"\n\"1\",\n", List.of("1 [1]null")),
        arguments(
            "JSON in CSV",
            CSV,
            "a,b\n\"[\"\"a\"\",\"\"b\"\"]\",\"{\"\"k\"\":1}\"\n",
            List.of("1 [[\"a\",\"b\"]][{\"k\":1}]")),
        arguments(
            "null text, then text behind a quote", NULL_WORD, "a\n\"\"NULL\n", List.of("1 [NULL]")),
        arguments("TSV", TSV, "a\tb\n1,\t\"2\t3\"\n", List.of("1 [1,][2\t3]")),
        arguments(
            "another delimiter and quote", PIPE, "a|b\n'1|''2'|\"3\n", List.of("1 [1|'2][\"3]")),
        arguments("escape: quote", BACKSLASH, "a,b\n\"x\\\"y\",z\n", List.of("1 [x\"y][z]")),
        arguments("escape: escape", BACKSLASH, "a,b\n\"x\\\\\",z\n", List.of("1 [x\\][z]")),
        arguments("escape: delimiter", BACKSLASH, "a\n\"x\\,y\"\n", List.of("1 [x,y]")),
        arguments(
            "escape: line end", BACKSLASH, "a\n\"x\\\r\ny\"\n1\n", List.of("1 [x\r\ny]", "2 [1]")),
        arguments("escape: nothing else", BACKSLASH, "a\n\"x\\ny\"\n", List.of("1 [x\\ny]")),
        arguments(
            "escape: not outside of quotes", BACKSLASH, "a,b\nx\\,y\n", List.of("1 [x\\][y]")),
        arguments(
            "escape: \\N is null", BACKSLASH, "a,b,c\n\\N,\"\\N\",\n", List.of("1 null[\\N][]")),
        arguments(
            "escape: a doubled quote is none", BACKSLASH, "a\n\"x\"\"y\"\n", List.of("1 [x\"y\"]")),
        arguments(
            "no quotes: a quote is text", NO_QUOTES, "a,b\n\"x\",\"\n", List.of("1 [\"x\"][\"]")),
        arguments(
            "no quotes: escaped delimiter", NO_QUOTES, "a,b\nx\\,y,z\n", List.of("1 [x,y][z]")),
        arguments(
            "no quotes: escaped line ends",
            NO_QUOTES,
            "a\nx\\\ny\\\r\nz\\\r.\n",
            List.of("1 [x\ny\r\nz\r.]")),
        arguments("no quotes: escaped escape", NO_QUOTES, "a\nx\\\\\n", List.of("1 [x\\]")),
        arguments(
            "no quotes: other bytes keep it",
            NO_QUOTES,
            "a,b\nx\\ty,\\\"\n",
            List.of("1 [x\\ty][\\\"]")),
        arguments("no quotes: \\N is null", NO_QUOTES, "a,b\n\\N,\n", List.of("1 null[]")),
        arguments("no quotes: escaped \\N is text", NO_QUOTES, "a\n\\\\N\n", List.of("1 [\\N]")),
        arguments("no quotes: escape at the end", NO_QUOTES, "a\nx\\", List.of("1 [x\\]")),
        arguments(
            "no header: the first line is a row",
            Exports.withoutHeader(CSV, "a", "b"),
            "\uFEFF1,2\n3\n",
            List.of("1 [1][2]", "2 WRONG_FIELD_COUNT: line 2 has 1 field; format.columns has 2")),
        arguments("no header: no rows", Exports.withoutHeader(CSV, "a"), "", List.of()),
        arguments(
            "too many and too few fields",
            CSV,
            "a,b\n1\n\n1,\"2\n\",3\n4,5\n",
            List.of(
                "1 WRONG_FIELD_COUNT: line 2 has 1 field; the header has 2",
                "2 WRONG_FIELD_COUNT: line 3 has 1 field; the header has 2",
                "3 WRONG_FIELD_COUNT: line 4 has 3 fields; the header has 2",
                "4 [4][5]")),
        arguments(
            "a NUL",
            CSV,
            "a\nx\u0000y\n1\n",
            List.of("1 NUL_BYTE: line 2 has a NUL byte", "2 [1]")),
        arguments(
            "a NUL among others",
            CSV,
            "a\néééé\u0000\n",
            List.of("1 NUL_BYTE: line 2 has a NUL byte")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenUtf8")
  void aRowOfBrokenUtf8IsBrokenAlone(String rule, String latin1) throws IOException {
    assertThat(Exports.read(latin1("a,b\n" + latin1 + "\n1,2\n"), CSV))
        .containsExactly("1 BROKEN_UTF8: line 2 is not valid UTF-8", "2 [1][2]");
  }

  static Stream<Arguments> brokenUtf8() {
    return Stream.of(
        arguments("Latin-1", "M\u00FCller,x"),
        arguments("a character in two fields", "\u00C3,\u00A9"),
        arguments("a character in two rows", "x,\u00C3"),
        arguments("a quote within a character", "\"\u00C3\"\u00A9,x"),
        arguments("broken and a NUL", "\u00C3,\u0000"),
        arguments("broken and too many fields", "\u00C3,,,,"));
  }

  @Test
  void aHeaderNameIsANameEvenIfItReadsLikeNull() throws IOException {
    try (ExportReader reader = Exports.open(bytes("\uFEFFNULL,\"a\nb\",a,a,\n"), NULL_WORD)) {
      assertThat(reader.header())
          .isEqualTo(new Header(List.of("NULL", "a\nb", "a", "a", ""), false));
      assertThat(reader.position().line()).isEqualTo(2);
    }
  }

  @Test
  void columnsComeFromTheFormatWithoutAHeader() throws IOException {
    try (ExportReader reader = Exports.open(bytes("1,2"), Exports.withoutHeader(CSV, "a", "b"))) {
      assertThat(reader.header()).isEqualTo(new Header(List.of("a", "b"), false));
      assertThat(reader.position()).isEqualTo(ReadPosition.START);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unreadable")
  void isUnreadable(String rule, byte[] text, String code, String message) {
    assertThatThrownBy(() -> Exports.read(text, CSV))
        .isInstanceOfSatisfying(
            UnreadableExportException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  static Stream<Arguments> unreadable() {
    String mebibyte = "x".repeat(RowBuffer.MAX_ROW);
    return Stream.of(
        arguments("no bytes", bytes(""), "EMPTY_EXPORT", "no header line"),
        arguments("a byte order mark only", bytes("\uFEFF"), "EMPTY_EXPORT", "no header line"),
        arguments("header: UTF-8", latin1("a,M\u00FCller\n1,2\n"), "BROKEN_HEADER", "UTF-8"),
        arguments("header: torn", latin1("\"\u00C3\"\u00A9\n1\n"), "BROKEN_HEADER", "UTF-8"),
        arguments("header: NUL", bytes("a,b\u0000\n1,2\n"), "BROKEN_HEADER", "NUL"),
        arguments("header: too long", bytes("a" + mebibyte + "\n1\n"), "BROKEN_HEADER", "1 MiB"),
        arguments("header: quote", bytes("a,\"b\n1,2\n"), "UNCLOSED_QUOTE", "line 1 "),
        arguments(
            "quote open at the end",
            bytes("a,b\n\"1\n\",2\r\n3,\"4\n5,6\n"),
            "UNCLOSED_QUOTE",
            "line 4 is still open at the end of the export"),
        arguments(
            "quote open at the very end", bytes("a\n\""), "UNCLOSED_QUOTE", "line 2 is still open"),
        arguments(
            "quote open after 1 MiB",
            bytes("a\n\"" + mebibyte + "xx\"\n"),
            "UNCLOSED_QUOTE",
            "line 2 is still open after 1 MiB"),
        arguments(
            "quote open after 1 MiB of many lines",
            bytes("a\n\"" + "x\n".repeat(RowBuffer.MAX_ROW) + "\"\n"),
            "UNCLOSED_QUOTE",
            "line 2 is still open after 1 MiB"),
        arguments(
            "quote open after 1 MiB of a row that is too large",
            bytes("a,b\n" + mebibyte + "xx,\"" + mebibyte + "xx\"\n"),
            "UNCLOSED_QUOTE",
            "line 2 is still open after 1 MiB"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("large")
  void aRowMayHaveOneMebibyte(String rule, String row, boolean isTooLarge) throws IOException {
    List<String> rows = Exports.read(bytes("a,b\r\n" + row + "\r\n1,2\r\n"), CSV);
    assertThat(rows).hasSize(2).last().isEqualTo("2 [1][2]");
    assertThat(rows.getFirst().startsWith("1 ROW_TOO_LARGE: line 2 has")).isEqualTo(isTooLarge);
  }

  static Stream<Arguments> large() {
    int most = RowBuffer.MAX_ROW;
    return Stream.of(
        arguments("as much as may be", "x," + "y".repeat(most - 2), false),
        arguments("quoted", "x,\"" + "y".repeat(most - 4) + "\"", false),
        arguments("a byte too many", "x," + "y".repeat(most - 1), true),
        arguments("a closing quote too many", "x,\"" + "y".repeat(most - 3) + "\"", true),
        arguments("a field of 1 MiB that is closed", "x,\"" + "y".repeat(most) + "\"", true),
        arguments("three times as much", ("x".repeat(most) + ",").repeat(3), true),
        arguments("delimiters", ",".repeat(2 * most), true),
        arguments("quotes", "\"\"\"\",".repeat(most / 2), true),
        arguments("quoted line ends", "\"x\r\n\",".repeat(most / 2), true));
  }

  @Test
  void rowBytesAddUpToTheText() throws IOException {
    byte[] text = bytes("a,b\r\n1,\"é\n\"\r\n\r\n3,4");
    try (ExportReader reader = Exports.open(text, CSV)) {
      assertThat(reader.next()).isNotNull();
      assertThat(reader.rowBytes()).isEqualTo(9);
      assertThat(reader.next()).isInstanceOf(BrokenRow.class);
      assertThat(reader.rowBytes()).isEqualTo(2);
      assertThat(reader.next()).isNotNull();
      assertThat(reader.rowBytes()).isEqualTo(3);
      assertThat(reader.next()).isNull();
      assertThat(reader.rowBytes()).isZero();
      assertThat(reader.skipped()).isZero();
      assertThat(reader.position())
          .isEqualTo(new ReadPosition(text.length, text.length, text.length, 5, 3));
    }
  }

  @Test
  void refusesADialectThatIsNotAscii() {
    assertThatThrownBy(() -> Exports.read(bytes("a"), csv('§', '"', '"', "")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("format.delimiter is §; it must be an ASCII character");
  }

  /** Hands out a byte at a time. */
  private static final class Trickle extends ByteArrayInputStream {

    Trickle(byte[] bytes) {
      super(bytes);
    }

    @Override
    public synchronized int read(byte[] target, int from, int length) {
      return super.read(target, from, Math.min(length, 1));
    }

    @Override
    public byte[] readNBytes(int length) {
      return new byte[0]; // else the beginning would be one piece
    }
  }
}
