package io.tapline.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapline.local.Pushes.Pushed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user meets who pushes an export that has something wrong with it. */
class BadExportTest {

  private static final String SKIP = "\"skipOnInvalidRecord\": true";
  private static final String NO_OPTIONS = "\"threadCount\": 2";
  private static final String TWO_MIB = "x".repeat(2 << 20);

  @TempDir Path folder;

  /**
   * An export that is pushed to the stand-in.
   *
   * @param stopped the code for which the run was stopped; null: it was not
   * @param rows read, accepted, rejected, refused, failed, unknown, notSent
   * @param calls how many calls are made at least, and none if 0
   * @param message stands in what is printed
   * @param rejects the lines of the file of rejected rows, without its header; null: there is none
   */
  private record Case(
      String rule,
      String file,
      byte[] content,
      String sync,
      List<String> options,
      int exitCode,
      String status,
      String stopped,
      List<Long> rows,
      int calls,
      String message,
      List<String> rejects) {

    static Case of(String rule, String file, byte[] content, String sync, String... options) {
      return new Case(
          rule, file, content, sync, List.of(options), 0, "", null, List.of(), 0, "", null);
    }

    static Case of(String rule, String file, String content, String sync, String... options) {
      return of(rule, file, content.getBytes(UTF_8), sync, options);
    }

    /** The run is stopped before anything is sent. */
    Case stops(String code, long read, long rejected, long notSent, String says) {
      return ends(4, "STOPPED", code, List.of(read, 0L, rejected, 0L, 0L, 0L, notSent), 0, says);
    }

    Case ends(
        int exit, String ends, String code, List<Long> counts, int expectedCalls, String says) {
      return new Case(
          rule,
          file,
          content,
          sync,
          options,
          exit,
          ends,
          code,
          counts,
          expectedCalls,
          says,
          rejects);
    }

    Case lists(String... lines) {
      return new Case(
          rule,
          file,
          content,
          sync,
          options,
          exitCode,
          status,
          stopped,
          rows,
          calls,
          message,
          List.of(lines));
    }

    @Override
    public String toString() {
      return rule;
    }
  }

  static Stream<Case> exports() {
    byte[] gz = gzip(manyRows(2000));
    byte[] corrupt = gz.clone();
    corrupt[gz.length / 2] ^= 0x55;
    corrupt[gz.length / 2 + 1] ^= 0x55;
    return Stream.of(
        Case.of("0 bytes", "e.csv", "", NO_OPTIONS).stops("EMPTY_EXPORT", 0, 0, 0, "has 0 bytes"),
        Case.of("0 bytes, named gz", "e.csv.gz", "", NO_OPTIONS)
            .stops("EMPTY_EXPORT", 0, 0, 0, "has 0 bytes"),
        Case.of("0 bytes, packed", "e.csv.gz", gzip(""), NO_OPTIONS)
            .stops("EMPTY_EXPORT", 0, 0, 0, "has 0 bytes of text"),
        Case.of("only a header", "h.csv", "identity,name\r\n", NO_OPTIONS)
            .ends(
                0, "COMPLETED", null, List.of(0L, 0L, 0L, 0L, 0L, 0L, 0L), 0, "warning   NO_ROWS"),
        Case.of("a required column is missing", "m.csv", "name,city\r\nA,B\r\n", NO_OPTIONS)
            .stops("MISSING_COLUMN", 0, 0, 0, "Its columns are \"name\", \"city\""),
        Case.of("columns that differ in case only", "d.csv", "identity,Identity\r\na,b\r\n", SKIP)
            .stops("DUPLICATE_COLUMN", 0, 0, 0, "Identity"),
        Case.of("a column name with %", "f.csv", "identity,a%b\r\na,b\r\n", SKIP)
            .stops("FORBIDDEN_COLUMN_NAME", 0, 0, 0, "a%b"),
        Case.of("a long column name", "l.csv", "identity," + "n".repeat(130) + "\r\na,b\r\n", SKIP)
            .stops("COLUMN_NAME_TOO_LONG", 0, 0, 0, "120"),
        Case.of(
                "columnTypes names no column",
                "t.csv",
                "identity,name\r\na,b\r\n",
                "\"columnTypes\": {\"lvt\": \"number\"}")
            .stops("UNKNOWN_COLUMN", 0, 0, 0, "lvt"),
        Case.of("a gz cut short", "t.csv.gz", Arrays.copyOf(gz, gz.length - 500), SKIP)
            .ends(
                4, "STOPPED", "TRUNCATED_GZIP", List.of(), 0, "ends at byte " + (gz.length - 500)),
        Case.of("a damaged gz", "c.csv.gz", corrupt, SKIP)
            .ends(4, "STOPPED", "CORRUPT_GZIP", List.of(), 0, "starts at byte 0"),
        Case.of("a plain file named gz", "p.csv.gz", "identity\r\na\r\n", SKIP)
            .stops("NOT_GZIP", 0, 0, 0, "set format.compression to none"),
        Case.of("broken UTF-8 in the header", "u.csv", latin1("identity,n\u00e9\r\na,b\r\n"), SKIP)
            .stops("BROKEN_HEADER", 0, 0, 0, "the header line is not valid UTF-8"),
        Case.of("a NUL in the header", "n.csv", "identity,n\0\r\na,b\r\n", SKIP)
            .stops("BROKEN_HEADER", 0, 0, 0, "the header line has a NUL byte"),
        Case.of("a NUL in a row", "n.csv", "identity,name\r\na,A\0\r\nb,B\r\n", SKIP)
            .ends(
                3,
                "COMPLETED_WITH_REJECTIONS",
                null,
                List.of(2L, 1L, 1L, 0L, 0L, 0L, 0L),
                1,
                "NUL_BYTE")
            .lists(",,1,NUL_BYTE,line 2 has a NUL byte"),
        Case.of("broken UTF-8 in a row", "u.csv", latin1("identity,name\na,\u00e9\nb,B\n"), SKIP)
            .ends(
                3,
                "COMPLETED_WITH_REJECTIONS",
                null,
                List.of(2L, 1L, 1L, 0L, 0L, 0L, 0L),
                1,
                "BROKEN_UTF8")
            .lists(",,1,BROKEN_UTF8,line 2 is not valid UTF-8"),
        Case.of(
                "bad rows, and none may be",
                "u.csv",
                latin1("identity,name\na,A\nb,\u00e9\nnull,C\n"),
                NO_OPTIONS)
            .stops("INVALID_RECORD", 3, 2, 1, "2 of 3 rows read are invalid, the first is row 2")
            .lists(
                ",,2,BROKEN_UTF8,line 3 is not valid UTF-8",
                "null,C,3,523,\"identity is \"\"null\"\", which CleverTap refuses"),
        Case.of("a row over 1 MiB", "b.csv", "identity,name\na,A\nb," + TWO_MIB + "\nc,C\n", SKIP)
            .ends(
                3,
                "COMPLETED_WITH_REJECTIONS",
                null,
                List.of(3L, 2L, 1L, 0L, 0L, 0L, 0L),
                1,
                "ROW_TOO_LARGE")
            .lists(",,2,ROW_TOO_LARGE,line 3 has a row of 2097154 bytes; a row may have 1048576"),
        Case.of(
                "a quoted field over 1 MiB",
                "q.csv",
                "identity,name\na,A\nb,\"" + TWO_MIB + "\"\nc,C\n",
                SKIP)
            .stops("UNCLOSED_QUOTE", 1, 0, 1, "opens in line 3 is still open after 1 MiB"),
        Case.of("a quote never closed", "q.csv", "identity,name\na,A\nb,\"B\nc,C\n", SKIP)
            .stops("UNCLOSED_QUOTE", 1, 0, 1, "opens in line 3 is still open at the end"),
        Case.of("a line of JSONL is no object", "j.jsonl", "{\"identity\":\"a\"}\n[1]\n", SKIP)
            .ends(
                3,
                "COMPLETED_WITH_REJECTIONS",
                null,
                List.of(2L, 1L, 1L, 0L, 0L, 0L, 0L),
                1,
                "NOT_AN_OBJECT")
            .lists("[1]"),
        Case.of("… and none may be", "j.jsonl", "{\"identity\":\"a\"}\n[1]\n", NO_OPTIONS)
            .stops("INVALID_RECORD", 2, 1, 1, "the first is row 2 (code NOT_AN_OBJECT)")
            .lists("[1]"),
        Case.of("JSONL without a required key", "k.jsonl", "{\"name\":\"a\"}\n", NO_OPTIONS)
            .stops("INVALID_RECORD", 1, 1, 0, "code 523")
            .lists("{\"name\":\"a\"}"),
        Case.of(
                "as many bad rows as may be",
                "x.csv",
                "identity\na\nnull\n",
                SKIP + ", \"maxInvalidRecords\": 1")
            .ends(
                3,
                "COMPLETED_WITH_REJECTIONS",
                null,
                List.of(2L, 1L, 1L, 0L, 0L, 0L, 0L),
                1,
                "1 of 2 rows were delivered"),
        Case.of(
                "more bad rows than may be",
                "x.csv",
                "identity\na\nnull\nn/a\n",
                SKIP + ", \"maxInvalidRecords\": 1")
            .stops("TOO_MANY_INVALID_RECORDS", 3, 2, 1, "over maxInvalidRecords (1)")
            .lists("null,2,523,", "n/a,3,523,"),
        Case.of(
                "as large a share of bad rows as may be",
                "x.csv",
                "identity\na\nnull\n",
                SKIP + ", \"maxInvalidRecords\": \"50%\"")
            .ends(
                3,
                "COMPLETED_WITH_REJECTIONS",
                null,
                List.of(2L, 1L, 1L, 0L, 0L, 0L, 0L),
                1,
                "1 of 2 rows were delivered"),
        Case.of(
                "a larger share of bad rows than may be",
                "x.csv",
                "identity\na\nnull\n",
                SKIP + ", \"maxInvalidRecords\": \"49.5%\"")
            .stops("TOO_MANY_INVALID_RECORDS", 2, 1, 1, "over maxInvalidRecords (49.5%)"),
        Case.of("wrong credentials", "c.csv", manyRows(10), SKIP, "--faults", "401=1")
            .ends(
                4,
                "STOPPED",
                "CALLS_FORBIDDEN",
                List.of(10L, 0L, 0L, 0L, 0L, 0L, 10L),
                1,
                "Account id, passcode and region of connection \"stand-in\""),
        Case.of(
                "CleverTap refuses a row, and none may be",
                "r.csv",
                "identity,name\na,A\nb,B\n",
                "\"threadCount\": 1",
                "--faults",
                "partial=#2:515")
            .ends(
                4,
                "STOPPED",
                "REFUSED_RECORD",
                List.of(2L, 1L, 0L, 1L, 0L, 0L, 0L),
                1,
                "CleverTap refused row 2 with code 515")
            .lists("b,B,2,515,"));
  }

  @ParameterizedTest
  @MethodSource("exports")
  void tellsWhatIsWrongWithAnExport(Case bad) throws IOException {
    Pushes pushes = new Pushes(folder);
    pushes.write(bad.file, bad.content);
    pushes.writeSync("sync.json", bad.sync);

    Pushed pushed = pushes.push(bad.file, "sync.json", bad.options);

    assertThat(pushed.exitCode()).as(pushed.output()).isEqualTo(bad.exitCode);
    assertThat(pushed.output()).contains(bad.message);
    MessageRules.assertShowsNoInside(pushed.output());
    JsonNode report = pushed.report();
    assertThat(report.path("status").asText()).isEqualTo(bad.status);
    assertThat(report.path("stopped").path("code").textValue()).isEqualTo(bad.stopped);
    if (bad.stopped != null) {
      MessageRules.assertTells(report.path("stopped").path("message").asText(), bad.message);
    }
    if (!bad.rows.isEmpty()) {
      assertThat(report.path("rows")).extracting(JsonNode::asLong).isEqualTo(bad.rows);
    }
    int calls = report.path("calls").path("total").asInt();
    if (bad.calls == 0) {
      assertThat(calls).isZero();
      assertThat(report.path("rows").path("accepted").asLong()).isZero();
    } else {
      assertThat(calls).isGreaterThanOrEqualTo(bad.calls);
    }
    assertThat(pushed.hasRequests()).isEqualTo(report.path("rows").path("accepted").asLong() > 0);
    if (bad.rejects != null) {
      assertThat(pushed.output())
          .contains(bad.file.endsWith(".jsonl") ? "rejects.jsonl" : "rejects.csv");
      assertLists(pushed, bad);
    }
  }

  private static void assertLists(Pushed pushed, Case bad) {
    boolean isJsonLines = bad.file.endsWith(".jsonl");
    List<String> lines =
        pushed.file(isJsonLines ? "rejects.jsonl" : "rejects.csv").lines().toList();
    List<String> rows = isJsonLines ? lines : lines.subList(1, lines.size());
    assertThat(rows).hasSameSizeAs(bad.rejects);
    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i)).startsWith(bad.rejects.get(i));
    }
  }

  private static byte[] latin1(String text) {
    return text.getBytes(ISO_8859_1);
  }

  /** Rows that do not pack well. */
  private static String manyRows(int count) {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder("identity,name\r\n");
    for (int row = 1; row <= count; row++) {
      text.append("user-").append(row).append(',').append(random.nextLong()).append("n\r\n");
    }
    return text.toString();
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
