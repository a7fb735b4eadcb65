package io.tapline.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import io.tapline.ledger.RowCounts;
import io.tapline.report.Report;
import io.tapline.report.Report.Reason;
import io.tapline.report.ReportText;
import io.tapline.sync.SettingsException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exports that were made to break a reader: each ends soon, clearly, and with all rows counted. */
class HostileExportTest {

  private static final int MEGABYTE = 1_000_000;

  private static final String SYNC =
      """
      {"connection": "stand-in", "prefix": "exports/%d/", "target": "USER_PROFILES",
       "operation": "UPLOAD_USER_PROFILES", "skipOnInvalidRecord": true}
      """;

  @TempDir private static Path folder;
  private static TestMachine test;
  private static int pushes;

  @BeforeAll
  static void start() {
    test = new TestMachine(folder.resolve("work"));
  }

  @AfterAll
  static void stop() {
    test.close();
  }

  @BeforeEach
  void newCleverTap() {
    test.cleverTap("");
  }

  /** Writes an export, which may be too large to be held. */
  private interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * An export and what becomes of it.
   *
   * @param stopped the code for which the run is stopped; null: it is not
   * @param rows read, accepted, rejected, notSent
   * @param code the only code of its rejected rows; null: there are none
   * @param message stands in what is printed
   */
  private record Case(
      String rule,
      String file,
      Content content,
      String stopped,
      List<Long> rows,
      String code,
      String message) {

    static Case stops(
        String rule, String file, Content content, String code, long read, String message) {
      return new Case(
          rule, file, content, code, List.of(read, 0L, 0L, read), null, code + ": " + message);
    }

    /** One row of three is rejected, the others are delivered. */
    static Case rejects(String rule, String file, Content content, String code) {
      return new Case(rule, file, content, null, List.of(3L, 2L, 1L, 0L), code, code);
    }

    @Override
    public String toString() {
      return rule;
    }
  }

  static Stream<Case> exports() {
    return Stream.of(
        Case.rejects("gz bomb: a line of 300 MB", "b.csv.gz", gz(csv(300, "")), "ROW_TOO_LARGE"),
        Case.stops(
            "gz bomb: a quoted field of 300 MB",
            "q.csv.gz",
            gz(csv(300, "\"")),
            "UNCLOSED_QUOTE",
            1,
            "the quoted field that opens in line 3 is still open after 1 MiB"),
        new Case(
            "gz bomb: 300 MB of blank lines, which are no rows",
            "n.jsonl.gz",
            gz(jsonl(out -> fill(out, '\n', 300 * MEGABYTE))),
            null,
            List.of(2L, 2L, 0L, 0L),
            null,
            "all rows were delivered"),
        Case.rejects("a line of 100 MB", "l.csv", csv(100, ""), "ROW_TOO_LARGE"),
        Case.stops(
            "a quoted field of 100 MB",
            "l.csv",
            csv(100, "\""),
            "UNCLOSED_QUOTE",
            1,
            "the quoted field that opens in line 3 is still open after 1 MiB"),
        Case.rejects(
            "a line of 100 MB of JSONL",
            "l.jsonl",
            jsonl(
                out -> {
                  write(out, "{\"identity\":\"");
                  fill(out, 'x', 100 * MEGABYTE);
                  write(out, "\"}");
                }),
            "ROW_TOO_LARGE"),
        Case.stops(
            "a million columns",
            "c.csv",
            out -> {
              write(out, "identity");
              for (int i = 1; i < MEGABYTE; i++) {
                write(out, ",c" + i);
              }
              write(out, "\na\n");
            },
            "BROKEN_HEADER",
            0,
            "the header line is longer than 1 MiB"),
        Case.stops(
            "a million columns without a name",
            "c.csv",
            out -> {
              write(out, "identity");
              fill(out, ',', MEGABYTE - 1);
              write(out, "\na\n");
            },
            "TOO_MANY_COLUMNS",
            0,
            "The export has 1000000 columns; it may have 2000"),
        Case.stops(
            "a thousand columns with bad names",
            "c.csv",
            out -> write(out, "identity" + ",a%".repeat(10) + many(",b%d!", 1000) + "\na\n"),
            "FORBIDDEN_COLUMN_NAME",
            0,
            "Column \"a%\" has"),
        Case.stops(
            "keys that are data",
            "k.jsonl",
            out -> write(out, "{\"identity\":1" + many(",\"k%d\":1", 2000) + "}\n"),
            "TOO_MANY_COLUMNS",
            0,
            "The export has more than 2000 distinct column names"),
        Case.rejects(
            "a row of a million fields",
            "f.csv",
            out -> {
              write(out, "identity,name\na,A\nb");
              fill(out, ',', MEGABYTE);
              write(out, "\nc,C\n");
            },
            "WRONG_FIELD_COUNT"),
        Case.rejects(
            "arrays in arrays, in a cell",
            "a.csv",
            out -> {
              write(out, "identity,name\na,A\nb,");
              fill(out, '[', 500_000);
              fill(out, ']', 500_000);
              write(out, "\nc,C\n");
            },
            "VALUE_TOO_LONG"),
        Case.rejects(
            "a number of a million digits, in a cell",
            "a.csv",
            out -> {
              write(out, "identity,ltv\na,1\nb,");
              fill(out, '9', MEGABYTE);
              write(out, "\nc,2\n");
            },
            "VALUE_TOO_LONG"),
        Case.rejects(
            "100,000 objects in objects",
            "o.jsonl",
            jsonl(out -> write(out, "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000))),
            "NOT_AN_OBJECT"),
        Case.rejects(
            "900 objects in objects",
            "o.jsonl",
            jsonl(
                out ->
                    write(
                        out,
                        "{\"identity\":\"b\",\"x\":"
                            + "{\"a\":".repeat(900)
                            + "1"
                            + "}".repeat(901))),
            "NESTED_VALUE"),
        Case.rejects(
            "100,000 arrays that are never closed",
            "o.jsonl",
            jsonl(out -> fill(out, '[', 100_000)),
            "NOT_AN_OBJECT"),
        Case.rejects(
            "a number of a million digits",
            "n.jsonl",
            jsonl(
                out -> {
                  write(out, "{\"identity\":\"b\",\"ltv\":");
                  fill(out, '9', MEGABYTE);
                  write(out, "}");
                }),
            "NOT_AN_OBJECT"),
        Case.rejects(
            "a key of a million characters",
            "k.jsonl",
            jsonl(
                out -> {
                  write(out, "{\"identity\":\"b\",\"");
                  fill(out, 'k', MEGABYTE);
                  write(out, "\":1}");
                }),
            "NOT_AN_OBJECT"),
        Case.rejects(
            "a key of 900 characters",
            "k.jsonl",
            jsonl(out -> write(out, "{\"identity\":\"b\",\"" + "k".repeat(900) + "\":1}")),
            "COLUMN_NAME_TOO_LONG"),
        Case.rejects(
            "a key that commands the terminal",
            "k.jsonl",
            jsonl(out -> write(out, "{\"identity\":\"b\",\"\\u001b[2J\\r\\n\":1}")),
            "FORBIDDEN_COLUMN_NAME"),
        Case.rejects(
            "a key that is repeated 100,000 times",
            "k.jsonl",
            jsonl(out -> write(out, "{\"identity\":\"b\"" + ",\"k\":1".repeat(100_000) + "}")),
            "NOT_AN_OBJECT"));
  }

  @ParameterizedTest
  @MethodSource("exports")
  void isBoundedAndToldClearly(Case hostile) throws IOException {
    Path file = folder.resolve(hostile.file);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      hostile.content.writeTo(out);
    }

    Report report = push(file, SYNC);

    assertThat(report.stopped() == null ? null : report.stopped().code())
        .isEqualTo(hostile.stopped);
    assertThat(rows(report)).isEqualTo(hostile.rows);
    assertThat(report.reasons())
        .extracting(Reason::code)
        .isEqualTo(hostile.code == null ? List.of() : List.of(hostile.code));
    assertThat(ReportText.of(report)).contains(hostile.message).doesNotContain("\u001b", "\r");
    assertThat(ReportText.of(report).length()).isLessThan(5_000);
    assertThat(report.toJson().length).isLessThan(20_000);
  }

  /** A file's name becomes a part of the export's key, and of nothing that Tapline writes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "..csv",
        "%2e%2e%2f%2e%2e%2fescaped.csv",
        "..%5c..%5cescaped.csv",
        "~root;$(id)`id`.csv",
        "a + b & c?d#e=f.csv",
        "名前😀.csv",
        "line\nfeed\rand\tcontrol\u0001\u001b[31m.csv",
        "{\"key\":\"\\\"}.csv"
      })
  void aNameIsOnlyAName(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, "identity,name\n" + name.length() + ",A\n");

    Report report = push(file, SYNC);

    assertThat(rows(report)).isEqualTo(List.of(1L, 1L, 0L, 0L));
    assertThat(report.export().key()).endsWith("/" + name);
    assertThat(ReportText.of(report)).doesNotContain("\u001b", "\u0001", "\r");
    assertThatNothingEscaped();
  }

  @Test
  void aNameThatIsTooLongIsToldBeforeAnythingIsDone() {
    Path file = folder.resolve("x".repeat(251) + ".csv");

    assertThatThrownBy(() -> push(Files.writeString(file, "identity\na\n"), SYNC))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("has 255 bytes; it may have 200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../escaped/", "a/../../../escaped/", "/escaped/", "./a/", "a/./b/"})
  void aPrefixThatLeavesItsBucketIsNone(String prefix) throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "identity\na\n");

    assertThatThrownBy(() -> push(file, SYNC.replace("exports/%d/", prefix)))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("prefix");
    assertThatNothingEscaped();
  }

  /** A header, and rows that are rejected for their identities alone. */
  @Test
  void cellsThatASpreadsheetWouldRunComeBackAsTheyWere() throws IOException {
    String rows =
        """
        identity,=1+1,+a,@b,-c,name
        null,=cmd|' /C calc'!A0,+1,@SUM(1),-2,"\tx"
        nan,'=x,''y,'z,"\rq","=HYPERLINK(""http://x"",""y"")"
        n/a,',=,+,-,'\tx
        """;
    Path file = Files.writeString(folder.resolve("formulas.csv"), rows);
    assertThat(rows(push(file, SYNC))).isEqualTo(List.of(3L, 0L, 3L, 0L));
    String rejects = Files.readString(folder.resolve("formulas.csv.out/rejects.csv"));

    Path corrected =
        Files.writeString(
            folder.resolve("corrected.csv"),
            rejects
                .replace("\nnull,", "\nu1,")
                .replace("\nnan,", "\nu2,")
                .replace("\nn/a,", "\nu3,"));
    Report report = push(corrected, SYNC);

    assertThat(rows(report)).isEqualTo(List.of(3L, 3L, 0L, 0L));
    assertThat(rejects).startsWith("identity,'=1+1,'+a,'@b,'-c,name,_row,_code,_reason\r\n");
    assertThat(cells(rejects)).noneMatch(cell -> cell.matches("(?s)[=+@\t\r-].*"));
    assertThat(test.received())
        .extracting(record -> record.path("profileData").toString())
        .containsExactlyInAnyOrder(
            "{\"=1+1\":\"=cmd|' /C calc'!A0\",\"+a\":\"+1\",\"@b\":\"@SUM(1)\",\"-c\":\"-2\","
                + "\"Name\":\"\\tx\"}",
            "{\"=1+1\":\"'=x\",\"+a\":\"''y\",\"@b\":\"'z\",\"-c\":\"\\rq\","
                + "\"Name\":\"=HYPERLINK(\\\"http://x\\\",\\\"y\\\")\"}",
            "{\"=1+1\":\"'\",\"+a\":\"=\",\"@b\":\"+\",\"-c\":\"-\",\"Name\":\"'\\tx\"}");
  }

  /** Each by a sync of its own, so that none waits for another or overtakes it. */
  private static Report push(Path file, String sync) {
    pushes++;
    return test.push(file, "hostile-" + pushes, sync.replace("%d", Integer.toString(pushes)));
  }

  private static List<String> cells(String csv) {
    List<String> cells = new ArrayList<>();
    CsvReader.builder().ofCsvRecord(csv).forEach(row -> cells.addAll(row.getFields()));
    return cells;
  }

  /** Nothing was written beside the folders that are the ledger's. */
  private static void assertThatNothingEscaped() throws IOException {
    assertThat(names(folder.resolve("work"))).contains("tapline-exports", "tapline-work");
    assertThat(names(folder.resolve("work/tapline-work")))
        .isSubsetOf("syncs", "claims", "jobs", "open", "types");
    assertThat(names(folder.resolve("work/tapline-exports"))).isSubsetOf("exports");
    for (Path place : List.of(folder, folder.resolve("work"), folder.getParent())) {
      assertThat(names(place)).doesNotContain("escaped", "escaped.csv");
    }
  }

  private static List<String> names(Path place) throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }

  private static List<Long> rows(Report report) {
    assertThat(report.rows().addUp()).isTrue();
    RowCounts rows = report.rows();
    return List.of(rows.read(), rows.accepted(), rows.rejected(), rows.notSent());
  }

  private static Content csv(int megabytes, String quote) {
    return out -> {
      write(out, "identity,name\na,A\nb," + quote);
      fill(out, 'x', megabytes * MEGABYTE);
      write(out, quote + "\nc,C\n");
    };
  }

  /** A good row before and one behind the line. */
  private static Content jsonl(Content line) {
    return out -> {
      write(out, "{\"identity\":\"a\"}\n");
      line.writeTo(out);
      write(out, "\n{\"identity\":\"c\"}\n");
    };
  }

  private static Content gz(Content text) {
    return out -> {
      try (GZIPOutputStream packed = new GZIPOutputStream(out, 1 << 16)) {
        text.writeTo(packed);
      }
    };
  }

  private static String many(String template, int count) {
    return String.join("", IntStream.range(0, count).mapToObj(template::formatted).toList());
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(UTF_8));
  }

  private static void fill(OutputStream out, char c, int count) throws IOException {
    byte[] block = new byte[1 << 16];
    Arrays.fill(block, (byte) c);
    for (int left = count; left > 0; left -= block.length) {
      out.write(block, 0, Math.min(left, block.length));
    }
  }
}
