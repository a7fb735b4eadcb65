package io.tapline.export;

import static io.tapline.export.Exports.CSV;
import static io.tapline.export.Exports.JSONL;
import static io.tapline.export.Exports.bytes;
import static io.tapline.export.Exports.csv;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tapline.sync.Format;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RejectsFileTest {

  private static final String FILE =
      """
      identity,phone,_row,_code,_reason
      a,"1,2",7,516,phone is wrong
      ,,8,ROW_TOO_LARGE,too large
      ,"",9,523,no identity
      """;

  @ParameterizedTest(name = "{0}")
  @MethodSource("formats")
  void isReadInItsOwnDialectWhateverTheFormat(String rule, Format format) throws IOException {
    try (ExportReader reader = Exports.open(bytes(FILE), format)) {
      assertThat(reader.header()).isEqualTo(new Header(List.of("identity", "phone"), true));
      assertThat(Exports.rest(reader)).containsExactly("1 [a][1,2]", "2 null[]");
      assertThat(reader.skipped()).isEqualTo(1);
      assertThat(reader.position())
          .isEqualTo(new ReadPosition(FILE.length(), FILE.length(), FILE.length(), 4, 2));
    }
  }

  static Stream<Arguments> formats() {
    return Stream.of(
        arguments("the same", CSV),
        arguments("gz", Exports.gz(CSV)),
        arguments("no header", Exports.withoutHeader(CSV, "x")),
        arguments("TSV", csv('\t', null, '\\', "\\N")),
        arguments("JSONL", JSONL),
        arguments("JSONL, gz", Exports.gz(JSONL)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          the three columns at the end      | a,_row,_code,_reason             | true
          the three columns alone           | _row,_code,_reason               | true
          quoted                            | "a","_row","_code","_reason"     | true
          another column behind             | a,_row,_code,_reason,b           | false
          another order                     | a,_code,_row,_reason             | false
          another spelling                  | a,_row,_code,_Reason             | false
          another delimiter                 | a;_row;_code;_reason             | false
          two of them                       | _code,_reason                    | false
          a quote that stays open           | "a,_row,_code,_reason            | false
          """)
  void isKnownByItsHeader(String rule, String header, boolean isOne) throws IOException {
    assertThat(isRejectsFile(header)).isEqualTo(isOne);
    assertThat(isRejectsFile("\uFEFF" + header + "\r\n1,2,3,4\r\n")).isEqualTo(isOne);
  }

  private static boolean isRejectsFile(String file) throws IOException {
    PushbackInputStream object =
        new PushbackInputStream(new ByteArrayInputStream(bytes(file)), RejectsFile.BEGINNING);
    boolean isOne = RejectsFile.isNext(object);
    assertThat(object.readAllBytes()).isEqualTo(bytes(file));
    return isOne;
  }

  @Test
  void aHeaderThatIsCutOffIsNone() throws IOException {
    String header = "x".repeat(RowBuffer.MAX_ROW) + ",_row,_code,_reason";
    assertThat(isRejectsFile(header)).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void takesOffWhatKeepsASpreadsheetFromRunningACell(String rule, String cell, String original)
      throws IOException {
    String file = "a,b,_row,_code,_reason\n\"%s\",\"%s\",1,'=x,y\n".formatted(cell, cell);
    assertThat(Exports.read(bytes(file), CSV))
        .containsExactly("1 [%s][%s]".formatted(original, original));
  }

  static Stream<Arguments> cells() {
    return Stream.of(
        arguments("equals", "'=1+1", "=1+1"),
        arguments("plus", "'+1", "+1"),
        arguments("minus", "'-1", "-1"),
        arguments("at", "'@x", "@x"),
        arguments("tab", "'\tx", "\tx"),
        arguments("CR", "'\rx", "\rx"),
        arguments("another of them", "''=x", "'=x"),
        arguments("another text", "'x", "'x"),
        arguments("alone", "'", "'"),
        arguments("later", "x'=", "x'="),
        arguments("no such character", "=x", "=x"));
  }

  @Test
  void aBrokenRowCountsTheThreeColumns() throws IOException {
    assertThat(Exports.read(bytes("a,_row,_code,_reason\n1,2\n3,4,5,6\n"), CSV))
        .containsExactly("1 WRONG_FIELD_COUNT: line 2 has 2 fields; the header has 4", "2 [3]");
  }

  @Test
  void isReadOnAsWhatItIs() throws IOException {
    try (ExportReader first = Exports.open(bytes(FILE), Exports.gz(JSONL))) {
      first.next();
      ReadPosition position = first.position();
      String rest = FILE.substring((int) position.memberOffset());
      try (ExportReader second =
          ExportReader.open(
              new ByteArrayInputStream(bytes(rest)), Exports.gz(JSONL), position, first.header())) {
        assertThat(Exports.rest(second)).containsExactly("2 null[]");
        assertThat(second.skipped()).isEqualTo(1);
      }
    }
  }
}
