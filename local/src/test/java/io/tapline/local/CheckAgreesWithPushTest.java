package io.tapline.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapline.local.Pushes.Pushed;
import io.tapline.local.check.CheckedColumn;
import io.tapline.local.check.CheckedFile;
import io.tapline.local.check.FileCheck;
import io.tapline.local.check.RejectedRows;
import io.tapline.record.ColumnTypes.Origin;
import io.tapline.report.Report;
import io.tapline.report.Report.Reason;
import io.tapline.report.Report.SentColumn;
import io.tapline.sync.Sync;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a check says of a file, and what a push of it comes to: the rows that are rejected, why, the
 * columns, the calls, and why it stops.
 */
class CheckAgreesWithPushTest {

  private static final Path SAMPLES = Path.of("../samples");

  private static final String PROFILES =
      "\"target\": \"USER_PROFILES\", \"operation\": \"UPLOAD_USER_PROFILES\"";
  private static final String EVENTS = "\"target\": \"USER_EVENTS\"";
  private static final String TOKENS =
      "\"target\": \"USER_PROFILES\", \"operation\": \"UPLOAD_DEVICE_TOKENS\"";
  private static final String DEMERGE =
      "\"target\": \"USER_PROFILES\", \"operation\": \"DEMERGE_USER_PROFILE\"";
  private static final String SUBSCRIPTION =
      "\"target\": \"USER_PROFILES\", \"operation\": \"UPDATE_SUBSCRIPTION\"";
  private static final String DISASSOCIATION =
      "\"target\": \"USER_PROFILES\", \"operation\": \"DISASSOCIATE_PHONE\"";
  private static final String LIST =
      "\"target\": \"CUSTOM_LIST\", \"customList\": {\"name\": \"A\", \"userEmail\":"
          + " \"admin@example.com\", \"mode\": \"CREATE_NEW_SEGMENT\"}";
  private static final String SKIP = ", \"skipOnInvalidRecord\": true";

  private static final int STOPPED = 4;

  @TempDir private Path folder;

  /**
   * A file under a sync.
   *
   * @param title what it shows
   */
  private record Case(String title, String file, String settings, byte[] content) {

    Case(String title, String file, String settings, String... lines) {
      this(title, file, settings, String.join("\n", lines).concat("\n").getBytes(UTF_8));
    }

    @Override
    public String toString() {
      return title;
    }
  }

  static Stream<String> samples() throws IOException {
    return JsonMapper.builder()
        .build()
        .readTree(SAMPLES.resolve("expected.json").toFile())
        .propertyStream()
        .map(Map.Entry::getKey);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void onASample(String sample) throws IOException {
    JsonNode expected =
        JsonMapper.builder()
            .build()
            .readTree(SAMPLES.resolve("expected.json").toFile())
            .path(sample);
    Path sync = SAMPLES.resolve(expected.path("sync").asText());

    compare(SAMPLES.resolve(sample), sync);
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            "profiles: found types, values of two kinds, empty texts and nulls",
            "a.csv",
            PROFILES + SKIP,
            "identity,score,flag,zip,when,tags,Email",
            "a,1,true,01234,2020-08-01T00:00:00Z,\"[\"\"x\"\",\"\"y\"\"]\",a@example.com",
            "b,2,7,1,yesterday,no list,b@example",
            "c,x,,\"\",,[1],",
            "null,3,false,2,2020-08-01T00:00:00Z,[],c@example.com"),
        new Case(
            "profiles: a column that ends as a list, with lists that are too long",
            "a.csv",
            PROFILES + SKIP,
            "identity,tags",
            "a,\"[\"\"x\"\"]\"",
            "b,\"" + longList() + "\"",
            "c,\"[\"\"" + "x".repeat(513) + "\"\"]\""),
        new Case(
            "profiles: the same column, which one value makes text",
            "a.csv",
            PROFILES + SKIP,
            "identity,tags",
            "a,\"" + longList() + "\"",
            "b,none",
            "c,\"[\"\"" + "x".repeat(513) + "\"\"]\""),
        new Case(
            "profiles: declared types",
            "a.tsv",
            PROFILES
                + SKIP
                + ", \"columnTypes\": {\"n\": \"number\", \"b\": \"boolean\", \"d\": \"date\","
                + " \"l\": \"list\", \"s\": \"string\"}",
            "objectId\tn\tb\td\tl\ts",
            "a\t1\ttrue\t2020-08-01\t[1]\t1",
            "b\tone\tyes\tsoon\tone\t",
            "c\t\t\t\t\t",
            "\t2\tfalse\t1596240000\t[]\tx"),
        new Case(
            "profiles: JSONL with mixed, nested and missing values",
            "a.jsonl",
            PROFILES + SKIP,
            "{\"identity\": \"a\", \"x\": 1, \"tags\": [\"b\"]}",
            "{\"identity\": \"b\", \"x\": \"1\", \"y\": {\"z\": 1}}",
            "{\"identity\": 3, \"x\": true, \"bad%name\": 1}",
            "{\"x\": null}",
            "[]",
            "{\"identity\": \"c\", \"x\": 2"),
        new Case(
            "profiles: more than one call a lane",
            "a.csv.gz",
            PROFILES + SKIP + ", \"threadCount\": 2",
            gzip(
                "identity,n\n"
                    + IntStream.range(0, 4500)
                        .mapToObj(i -> "user-" + i + "," + i + "\n")
                        .collect(Collectors.joining()))),
        new Case(
            "profiles: a chunk without a good row is no call",
            "a.csv",
            PROFILES + SKIP + ", \"threadCount\": 1",
            Stream.concat(
                    Stream.of("identity,n"),
                    IntStream.range(0, 2100).mapToObj(i -> (i < 1000 ? "" : "u" + i) + "," + i))
                .toArray(String[]::new)),
        new Case(
            "events: names, times, items and properties",
            "a.csv",
            EVENTS + SKIP + ", \"maxEventProperties\": 3",
            "evtName,identity,objectId,ts,a,b,c,items[0].name",
            "Charged,a,,1596240000,1,2,,book",
            "Viewed,a,,,1,2,3,",
            "Viewed,,b,2020-08-01 00:00:00,1,2,,book",
            "App Launched,a,,,1,,,",
            "50% off,a,,,1,,,",
            ",a,,,1,,,",
            "Charged,a,,1596240000000,1,2,3,book",
            "Charged,a,,0,1,2,3,book",
            "Charged,a,,,1,2,3,book"),
        new Case(
            "device tokens: more than one call a lane, and keys that are missing",
            "a.csv",
            TOKENS + SKIP + ", \"threadCount\": 1",
            Stream.concat(
                    Stream.of("objectId,id,type,p256dh,auth,more", "o,t,chrome,,,", ",t,fcm,,,"),
                    IntStream.range(0, 250).mapToObj(i -> "o" + i + ",t" + i + ",fcm,,,x"))
                .toArray(String[]::new)),
        new Case(
            "demerge: three lanes, whatever threadCount is",
            "a.csv",
            DEMERGE + SKIP + ", \"threadCount\": 9",
            Stream.concat(
                    Stream.of("identity,more", "n/a,x", ",x"),
                    IntStream.range(0, 900).mapToObj(i -> "user-" + i + ",x"))
                .toArray(String[]::new)),
        new Case(
            "subscription: types and words",
            "a.csv",
            SUBSCRIPTION + SKIP,
            "type,value,status",
            "phone,+14155551234,unsubscribe",
            "email,a@example.com,Resubscribe",
            "email,+14155551234,Resubscribe",
            "whatsapp,+14155551234,Unsubscribe",
            "phone,,Unsubscribe",
            "phone,+14155551234,maybe"),
        new Case(
            "disassociate: no header line, and another delimiter",
            "a.csv",
            DISASSOCIATION
                + SKIP
                + ", \"format\": {\"header\": false, \"delimiter\": \"|\", \"columns\": [\"value\","
                + " \"when\"]}",
            "+14155551234|x",
            "4155551234|x",
            "|x",
            "+14155551235"),
        new Case(
            "custom list: three calls",
            "a.csv",
            LIST + SKIP,
            "type,identity,more",
            "i,a,x",
            "g,b,x",
            "x,c,x",
            "i,,x",
            "i,\"d,e\",x"),
        new Case(
            "custom list: no good row", "a.csv", LIST + SKIP, "type,identity", "x,a", "i,none"),
        new Case("custom list: no rows", "a.csv", LIST, "type,identity"),
        new Case("no rows", "a.csv", PROFILES, "identity,score"),
        new Case("0 bytes", "a.csv", PROFILES, new byte[0]),
        new Case("0 bytes, packed", "a.csv.gz", PROFILES, gzip("")),
        new Case("one invalid row stops it", "a.csv", PROFILES, "identity,age", "a,1", "b,-1"),
        new Case(
            "an invalid row under the types that are found stops it",
            "a.csv",
            PROFILES,
            "identity,tags",
            "a,\"" + longList() + "\"",
            "b,[1]"),
        new Case(
            "more invalid rows than allowed",
            "a.csv",
            PROFILES + SKIP + ", \"maxInvalidRecords\": 1",
            "identity,age",
            "a,1",
            "b,-1",
            "c,-1"),
        new Case(
            "as many as allowed",
            "a.csv",
            PROFILES + SKIP + ", \"maxInvalidRecords\": 2",
            "identity,age",
            "a,1",
            "b,-1",
            "c,-1"),
        new Case(
            "a larger share of invalid rows than allowed",
            "a.csv",
            PROFILES + SKIP + ", \"maxInvalidRecords\": \"30%\"",
            "identity,age",
            "a,1",
            "b,2",
            "c,-1"),
        new Case("a required column is missing", "a.csv", PROFILES + SKIP, "name,age", "a,1"),
        new Case("a column twice", "a.csv", PROFILES + SKIP, "identity,email,Email", "a,,"),
        new Case(
            "a setting for a column that is not there",
            "a.csv",
            PROFILES + SKIP + ", \"rename\": {\"mail\": \"Email\"}",
            "identity,email",
            "a,"),
        new Case("a stray quote", "a.csv", PROFILES + SKIP, "identity,x", "a,1", "b,\"2", "c,3"),
        new Case(
            "an invalid row, and a stray quote behind it",
            "a.csv",
            PROFILES,
            "identity,age",
            "a,1",
            "b,old",
            "c,\"2",
            "d,3"),
        new Case("not packed", "a.csv.gz", PROFILES + SKIP, "identity,x", "a,1"),
        new Case(
            "cut short",
            "a.csv.gz",
            PROFILES + SKIP,
            Arrays.copyOf(gzip("identity,x\na,1\nb,2\n"), 25)),
        new Case(
            "rows that can't be read",
            "a.csv",
            PROFILES + SKIP,
            "identity,x\na,1\nb\nc,\u00e4\nd,1,2\n".getBytes(ISO_8859_1)),
        new Case(
            "a file of rejected rows",
            "rejects.csv",
            PROFILES + SKIP + ", \"format\": {\"delimiter\": \"|\"}",
            "identity,phone,_row,_code,_reason",
            "a,'+14155551234,3,516,wrong",
            "b,12,5,516,wrong",
            ",,9,ROW_TOO_LARGE,too large"),
        new Case(
            "JSONL with too many names",
            "a.jsonl",
            PROFILES + SKIP,
            IntStream.range(0, 2002)
                .mapToObj(i -> "{\"identity\": \"a\", \"key" + i + "\": 1}")
                .toArray(String[]::new)));
  }

  private static String longList() {
    return IntStream.range(0, 101)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void on(Case one) throws IOException {
    Path file = Files.write(folder.resolve(one.file()), one.content());
    Path sync =
        Files.writeString(
            folder.resolve("sync.json"),
            "{\"connection\": \"stand-in\", \"prefix\": \"exports/a/\", " + one.settings() + "}");

    compare(file, sync);
  }

  /** What an export taught its sync decides about the next one, in a check as in a push. */
  @Test
  void onAFileWhoseSyncHasLearnedTypes() throws IOException {
    Path sync = Files.writeString(folder.resolve("sync.json"), Pushes.sync("\"threadCount\": 1"));
    Path first = Files.writeString(folder.resolve("first.csv"), "identity,a,b,c\nx,1,true,\n");
    Path second = Files.writeString(folder.resolve("second.csv"), "identity,a,b,c\nx,one,,\n");
    assertThat(push(first, sync).exitCode()).isZero();

    CheckedFile checked = check(second, sync);

    assertThat(checked.columns())
        .extracting(column -> column.typed().origin())
        .containsExactly(Origin.KNOWN_FIELD, Origin.INFERRED, Origin.LEARNED, Origin.INFERRED);
    assertThat(checked.warnings()).extracting(warning -> warning.code()).contains("TYPE_WIDENED");
    compare(second, sync);
  }

  private void compare(Path file, Path sync) throws IOException {
    CheckedFile checked = check(file, sync);
    Pushed pushed = push(file, sync);

    Report report = Report.parse(pushed.file("report.json").getBytes(UTF_8));
    assertThat(report.reasons()).extracting(Reason::by).doesNotContain("clevertap");
    assertThat(reasons(checked)).isEqualTo(reasons(report));
    assertThat(checked.rows()).isEqualTo(report.rows().read());
    assertThat(checked.rejected()).isEqualTo(report.rows().rejected());
    assertThat(checked.stop() == null ? null : checked.stop().code())
        .isEqualTo(report.stopped() == null ? null : report.stopped().code());
    if (checked.stop() == null) {
      assertThat(checked.good()).isEqualTo(report.rows().accepted());
      assertThat(checked.calls().total()).isEqualTo(report.calls().total());
      assertThat(checked.calls().chunks()).isEqualTo(report.chunks().total());
      assertThat(columns(checked)).isEqualTo(report.columns());
    }
    Pushed command =
        new Pushes(folder)
            .run(
                List.of(
                    "check",
                    file.toString(),
                    "--sync",
                    sync.toString(),
                    "--work",
                    folder.resolve("work").toString()));
    assertThat(command.exitCode()).as(command.output()).isEqualTo(pushed.exitCode());
    assertThat(command.exitCode() == STOPPED).isEqualTo(report.stopped() != null);
  }

  private CheckedFile check(Path file, Path syncFile) throws IOException {
    Sync sync = SyncFile.read(syncFile).sync();
    return FileCheck.check(
        file, sync, TaughtTypes.in(folder.resolve("work"), sync.name()), Instant.EPOCH);
  }

  private Pushed push(Path file, Path sync) {
    return new Pushes(folder)
        .run(
            List.of(
                "push",
                file.toString(),
                "--sync",
                sync.toString(),
                "--work",
                folder.resolve("work").toString(),
                "--out",
                folder.resolve("out").toString()));
  }

  private static List<String> reasons(CheckedFile checked) {
    return checked.reasons().stream().map(CheckAgreesWithPushTest::reason).sorted().toList();
  }

  private static String reason(RejectedRows rows) {
    return rows.code() + " " + rows.column() + " " + rows.count() + " " + rows.firstRows();
  }

  private static List<String> reasons(Report report) {
    return report.reasons().stream()
        .map(r -> r.code() + " " + r.column() + " " + r.count() + " " + r.firstRows())
        .sorted()
        .toList();
  }

  private static List<SentColumn> columns(CheckedFile checked) {
    return checked.columns().stream()
        .map(CheckedColumn::typed)
        .map(
            typed ->
                new SentColumn(
                    typed.name(),
                    typed.origin() == Origin.IGNORED ? null : typed.sentAs(),
                    typed.typeName()))
        .toList();
  }
}
