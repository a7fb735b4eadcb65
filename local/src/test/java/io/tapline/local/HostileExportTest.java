package io.tapline.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapline.local.Pushes.Pushed;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exports that were made to break a reader: each ends soon, clearly, and with all rows counted. */
class HostileExportTest {

  private static final String SKIP = "\"skipOnInvalidRecord\": true";
  private static final int MEGABYTE = 1_000_000;

  @TempDir private Path folder;

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
        Case.rejects(
            "gz bomb: 300 MB of blank lines",
            "n.jsonl.gz",
            gz(jsonl(out -> fill(out, '\n', 300 * MEGABYTE))),
            "NOT_AN_OBJECT"),
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
            jsonl(
                out ->
                    write(out, "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000))),
            "NOT_AN_OBJECT"),
        Case.rejects(
            "900 objects in objects",
            "o.jsonl",
            jsonl(
                out ->
                    write(
                        out,
                        "{\"identity\":\"b\",\"x\":" + "{\"a\":".repeat(900) + "1" + "}".repeat(901))),
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
    Pushes pushes = new Pushes(folder);
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(folder.resolve(hostile.file)))) {
      hostile.content.writeTo(out);
    }
    pushes.writeSync("sync.json", SKIP);

    Pushed pushed = pushes.push(hostile.file, "sync.json", List.of());

    assertThat(pushed.output()).contains(hostile.message).doesNotContain("Exception", "\u001b");
    assertThat(pushed.output().length()).isLessThan(10_000);
    JsonNode report = pushed.report();
    assertThat(report.path("stopped").path("code").textValue()).isEqualTo(hostile.stopped);
    assertThat(rows(report)).isEqualTo(hostile.rows);
    assertThat(pushed.file("report.json").length()).isLessThan(20_000);
    assertThat(pushed.exitCode()).isEqualTo(hostile.stopped == null ? 3 : 4);
    if (hostile.code != null) {
      assertThat(report.path("reasons")).hasSize(1);
      assertThat(report.at("/reasons/0/code").asText()).isEqualTo(hostile.code);
    }
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
        "{\"key\":\"\\\"}.csv",
        "LONG.csv"
      })
  void aNameIsOnlyAName(String template) throws IOException {
    String name = template.replace("LONG", "x".repeat(251));
    Pushes pushes = new Pushes(folder);
    pushes.write(name, "identity,name\na,A\n".getBytes(UTF_8));
    pushes.writeSync("sync.json", SKIP);

    Pushed pushed = pushes.push(name, "sync.json", List.of());

    assertThat(pushed.exitCode()).as(pushed.output()).isZero();
    assertThat(pushed.output()).doesNotContain("\u001b", "\u0001", "\r");
    assertThat(rows(pushed.report())).isEqualTo(List.of(1L, 1L, 0L, 0L));
    assertThat(pushed.report().at("/export/key").asText()).endsWith("/" + name);
    assertStaysInItsFolders();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../escaped/", "a/../../../escaped/", "/escaped/", "./a/", "a//b/"})
  void aPrefixStaysInItsBucket(String prefix) throws IOException {
    Pushes pushes = new Pushes(folder);
    pushes.write("a.csv", "identity,name\na,A\n".getBytes(UTF_8));
    Files.writeString(
        folder.resolve("sync.json"),
        Pushes.sync(SKIP).replace("exports/test/", prefix));

    Pushed pushed = pushes.push("a.csv", "sync.json", List.of());

    assertThat(pushed.output()).doesNotContain("Exception", "\tat ");
    assertThat(pushed.exitCode()).as(pushed.output()).isIn(0, 2);
    assertStaysInItsFolders();
  }

  @Test
  void cellsThatASpreadsheetWouldRunComeBackAsTheyWere() throws IOException {
    String header = "identity,=1+1,+a,@b,-c,name";
    List<String> rows =
        List.of(
            "null,=cmd|' /C calc'!A0,+1,@SUM(1),-2,\"\tx\"",
            "nan,'=x,''y,'z,\"\rq\",\"=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"",
            "n/a,',=,+,-,'\tx");
    Pushes pushes = new Pushes(folder);
    pushes.write("a.csv", (header + "\n" + String.join("\n", rows) + "\n").getBytes(UTF_8));
    pushes.writeSync("sync.json", SKIP);
    Pushed first = pushes.push("a.csv", "sync.json", List.of());
    assertThat(rows(first.report())).isEqualTo(List.of(3L, 0L, 3L, 0L));
    String rejects = first.file("rejects.csv");

    // Corrected as far as its identities go, it is what the export should have been.
    String corrected =
        rejects
            .replace("\r\nnull,", "\r\nu1,")
            .replace("\r\nnan,", "\r\nu2,")
            .replace("\r\nn/a,", "\r\nu3,");
    pushes.write("corrected.csv", corrected.getBytes(UTF_8));
    pushes.writeSync("sync.json", SKIP);
    Pushed second = pushes.push("corrected.csv", "sync.json", List.of());

    assertThat(rows(second.report())).isEqualTo(List.of(3L, 3L, 0L, 0L));
    assertThat(rejects.lines().findFirst().orElseThrow())
        .isEqualTo("identity,'=1+1,'+a,'@b,'-c,name,_row,_code,_reason");
    assertThat(pushes.records())
        .extracting(record -> record.path("profileData").toString())
        .containsExactlyInAnyOrder(
            "{\"=1+1\":\"=cmd|' /C calc'!A0\",\"+a\":\"+1\",\"@b\":\"@SUM(1)\",\"-c\":\"-2\","
                + "\"Name\":\"\\tx\"}",
            "{\"=1+1\":\"'=x\",\"+a\":\"''y\",\"@b\":\"'z\",\"-c\":\"\\rq\","
                + "\"Name\":\"=HYPERLINK(\\\"http://x\\\",\\\"y\\\")\"}",
            "{\"=1+1\":\"'\",\"+a\":\"=\",\"@b\":\"+\",\"-c\":\"-\",\"Name\":\"'\\tx\"}");
  }

  /** Nothing was written beside what this test and the push have made. */
  private void assertStaysInItsFolders() throws IOException {
    try (Stream<Path> work = Files.list(folder.resolve("work"));
        Stream<Path> ledger = Files.list(folder.resolve("work/tapline-work"));
        Stream<Path> around = Files.walk(folder.getParent(), 1)) {
      assertThat(work.filter(Files::isDirectory))
          .extracting(path -> path.getFileName().toString())
          .containsExactlyInAnyOrder("tapline-exports", "tapline-work");
      assertThat(ledger)
          .extracting(path -> path.getFileName().toString())
          .isSubsetOf("syncs", "claims", "jobs", "open", "types");
      assertThat(around).noneMatch(path -> path.getFileName().toString().contains("escaped"));
    }
    try (Stream<Path> ours = Files.list(folder)) {
      assertThat(ours).noneMatch(path -> path.getFileName().toString().equals("escaped"));
    }
  }

  private static List<Long> rows(JsonNode report) {
    return Stream.of("read", "accepted", "rejected", "notSent")
        .map(count -> report.path("rows").path(count).asLong())
        .toList();
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
