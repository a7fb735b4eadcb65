package io.tapline.export;

import static io.tapline.export.Exports.JSONL;
import static io.tapline.export.Exports.bytes;
import static io.tapline.export.Exports.latin1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of JSONL. */
class JsonExportTest {

  private static final String NOT_ONE = "is not one valid JSON object without repeated keys";

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void becomesRows(String rule, String text, List<String> rows) throws IOException {
    assertThat(Exports.read(bytes(text), JSONL)).containsExactlyElementsOf(rows);
  }

  static Stream<Arguments> rules() {
    return Stream.of(
        arguments("an object a line", "{\"a\":1}\n{}\n", List.of("1 {\"a\":1}", "2 {}")),
        arguments("CRLF", "{\"a\":1}\r\n{}\r\n", List.of("1 {\"a\":1}", "2 {}")),
        arguments("the last line needs no end", "{}\n{ }", List.of("1 {}", "2 { }")),
        arguments("a CR is a blank", "{\r}\n", List.of("1 {\r}")),
        arguments("a byte order mark is skipped", "\uFEFF{}\n", List.of("1 {}")),
        arguments("blank lines are no rows", "\n \t\r\n{}\n\n\r\n{}\n ", List.of("1 {}", "2 {}")),
        arguments("no rows", "", List.of()),
        arguments(
            "an array",
            "\n[{}]\n{}",
            List.of("1 NOT_AN_OBJECT: line 2 is JSON, but no object", "2 {}")),
        arguments("a scalar", "null", List.of("1 NOT_AN_OBJECT: line 1 is JSON, but no object")),
        arguments(
            "a repeated key",
            "{\"a\":1,\"a\":1}",
            List.of("1 NOT_AN_OBJECT: line 1 " + NOT_ONE + "; look near column 11")),
        arguments(
            "a repeated key inside",
            "{\"a\":{\"b\":1,\"b\":1}}",
            List.of("1 NOT_AN_OBJECT: line 1 " + NOT_ONE + "; look near column 16")),
        arguments(
            "two objects",
            "{} {}",
            List.of("1 NOT_AN_OBJECT: line 1 " + NOT_ONE + "; look near column 4")),
        arguments(
            "an exponent beyond that of any number",
            "{\"a\":1e4234567800}\n{}",
            List.of(
                "1 NOT_AN_OBJECT: line 1 nests deeper than 1000 levels, or has a number or a key of"
                    + " over 1000 characters, or an exponent beyond that of any number",
                "2 {}")),
        arguments(
            "half an object",
            "{\"a\":",
            List.of("1 NOT_AN_OBJECT: line 1 " + NOT_ONE + "; look near column 6")),
        arguments(
            "no value of the line in the reason",
            "{\"a\":secret}",
            List.of("1 NOT_AN_OBJECT: line 1 " + NOT_ONE + "; look near column 6")),
        arguments(
            "a NUL",
            "{\"a\":\"\u0000\"}\n{}",
            List.of("1 NUL_BYTE: line 1 has a NUL byte", "2 {}")));
  }

  @Test
  void keepsTheLineOfABrokenRow() throws IOException {
    try (ExportReader reader = Exports.open(latin1("[\"x\"]\r\n\u00FC\n\u0000\n"), JSONL)) {
      assertThat(reader.header()).isEqualTo(new Header(List.of(), false));
      assertThat(reader.next())
          .isEqualTo(new BrokenRow(1, "NOT_AN_OBJECT", "line 1 is JSON, but no object", "[\"x\"]"));
      assertThat(reader.next())
          .isEqualTo(new BrokenRow(2, "BROKEN_UTF8", "line 2 is not valid UTF-8", null));
      assertThat(reader.next())
          .isEqualTo(new BrokenRow(3, "NUL_BYTE", "line 3 has a NUL byte", "\0"));
    }
  }

  @Test
  void keepsNumbersAsTheyStandThere() throws IOException {
    String line =
        "{\"a\":123456789012345678901234567890,"
            + "\"b\":0.1000,\"c\":1.00000000000000000001,\"d\":2.0}";
    try (ExportReader reader = Exports.open(bytes(line), JSONL)) {
      assertThat(reader.next())
          .isInstanceOfSatisfying(
              JsonRow.class, row -> assertThat(row.fields().toString()).isEqualTo(line));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("large")
  void aRowMayHaveOneMebibyte(String rule, String line, boolean isTooLarge) throws IOException {
    List<String> rows = Exports.read(bytes(line + "\n{}\n"), JSONL);
    assertThat(rows).hasSize(2).last().isEqualTo("2 {}");
    assertThat(rows.getFirst().startsWith("1 ROW_TOO_LARGE: line 1 has ")).isEqualTo(isTooLarge);
  }

  static Stream<Arguments> large() {
    int most = RowBuffer.MAX_ROW;
    return Stream.of(
        arguments("as much as may be", "{}" + " ".repeat(most - 2), false),
        arguments("the line end does not count", "{}" + " ".repeat(most - 2) + "\r", false),
        arguments("a byte too many", "{}" + " ".repeat(most - 1), true),
        arguments("a byte too many, CRLF", "{}" + " ".repeat(most - 1) + "\r", true),
        arguments("three times as much", "{}" + " ".repeat(3 * most), true));
  }
}
