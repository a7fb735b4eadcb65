package io.tapline.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapline.ledger.Stop;
import io.tapline.local.Pushes.Pushed;
import io.tapline.local.check.CheckText;
import io.tapline.local.check.CheckedFile;
import io.tapline.local.check.FileCheck;
import io.tapline.sync.ColumnType;
import io.tapline.sync.Sync;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The command as its users see it; that a push comes to the same is another test. */
class CheckCommandTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path SAMPLES = Path.of("../samples");

  /** Values that stand for no person, and in what Tapline says itself. */
  private static final Set<String> WORDS_OF_RULES =
      Set.of("2020-08-01 00:00:00", "Charged", "Resubscribe", "Unsubscribe", "chrome", "whatsapp");

  @TempDir private Path folder;

  @Test
  void tellsColumnsRowsAndCalls() throws IOException {
    Pushed checked =
        check(
            "identity,zip,score,email,team\na,01234,1,a@example.com,\nb,,x,b@example,\n",
            Pushes.sync("\"skipOnInvalidRecord\": true, \"columnTypes\": {\"zip\": \"string\"}"),
            List.of("--latency", "2000"));

    assertThat(checked.exitCode()).isEqualTo(3);
    assertThat(checked.output().lines())
        .contains(
            "1 of 2 rows would be sent, the others would be rejected",
            "               1  would be sent",
            "  column    sent as   type and why      nulls  looks like",
            "  identity  identity  string, known         0  \"x\"",
            "  zip       zip       string, declared      1  \"99999\"",
            "  score     score     string, found         0  \"9\"",
            "  email     Email     string, known         0  \"x@xxxxxxx.xxx\"",
            "  team      team      no value              2",
            "  mixed     Column score is sent as string, for row 1 (\"9\") is number and row 2"
                + " (\"x\") is string; declare it in columnTypes to send it as one type and reject"
                + " the other values",
            "         1  515                  email            2",
            "            email is \"x@xxxxxxx\"; it must be an e-mail address such as"
                + " name@example.com",
            "  time      about 2.0 s, where a call takes 2,000 ms (assumed; --latency MS takes"
                + " another): the fullest of 5 lanes makes 1 of them, one after another");
  }

  @Test
  void tellsWhyAPushWouldStop() throws IOException {
    Pushed checked =
        check("identity,age\na,1\nb,old\n", Pushes.sync("\"threadCount\": 1"), List.of());

    assertThat(checked.exitCode()).isEqualTo(4);
    assertThat(checked.output())
        .startsWith("Nothing would be sent: a push would stop with INVALID_RECORD")
        .contains("  stop      INVALID_RECORD: 1 of 2 rows read are invalid, the first is row 2")
        .contains("age is \"xxx\"; it must be a number that is not negative")
        .doesNotContain("would be sent\n\n", "  time ");
  }

  /** Both as staging has it: types that whole exports taught bind, a list would be replaced. */
  @ParameterizedTest
  @CsvSource({
    "'identity,points,_row,_code,_reason', 1, ''",
    "'identity,points', 0, ''",
    "'type,identity,_row,_code,_reason', 0, LIST_OF_REJECTS",
    "'type;identity;_row;_code;_reason', 0, REJECTS_DELIMITER",
    "'type,identity', 0, ''"
  })
  void readsAFileOfRejectedRowsAsStagingDoes(String header, long rejected, String stop)
      throws IOException {
    boolean isList = !header.contains("points");
    String rest = header.contains("_row") ? ",1,512,why" : "";
    Path file =
        Files.writeString(
            folder.resolve("fixed.csv"), header + "\n" + (isList ? "i,a" : "a,old") + rest + "\n");
    Path settings =
        Files.writeString(
            folder.resolve("fixed.json"),
            isList
                ? """
                {"connection": "stand-in", "prefix": "exports/test/", "target": "CUSTOM_LIST",
                 "customList": {"name": "A", "userEmail": "a@example.com",
                                "mode": "UPDATE_EXISTING_SEGMENT"}}
                """
                : Pushes.sync("\"skipOnInvalidRecord\": true"));

    CheckedFile checked =
        FileCheck.check(
            file,
            SyncFile.read(settings).sync(),
            Map.of("points", ColumnType.NUMBER),
            Instant.EPOCH);

    assertThat(checked.rejected()).isEqualTo(rejected);
    assertThat(Optional.ofNullable(checked.stop()).map(Stop::code).orElse("")).isEqualTo(stop);
  }

  /** No value of a sample is printed, and no line is wider than the terminal. */
  @ParameterizedTest(name = "{0} at {2} columns")
  @MethodSource("samples")
  void showsValuesByTheirFormOnly(String sample, String syncFile, int width) throws IOException {
    String settings = Files.readString(SAMPLES.resolve(syncFile));
    Sync sync = SyncFile.read(SAMPLES.resolve(syncFile)).sync();
    Set<String> personal = NothingPersonalTest.values(sample, settings);

    String text =
        CheckText.of(
            FileCheck.check(SAMPLES.resolve(sample), sync, Map.of(), Instant.EPOCH),
            sync,
            sample,
            Duration.ofMillis(300),
            width);

    personal.removeAll(WORDS_OF_RULES);
    assertThat(personal.stream().filter(text::contains)).as(text).isEmpty();
    if (width > 0) {
      assertThat(text.lines().filter(line -> line.codePointCount(0, line.length()) > width))
          .isEmpty();
    }
  }

  static Stream<Arguments> samples() throws IOException {
    List<Arguments> samples = new ArrayList<>();
    for (Map.Entry<String, JsonNode> sample :
        JSON.readTree(SAMPLES.resolve("expected.json").toFile()).properties()) {
      for (int width : new int[] {0, 80, 100, 120}) {
        samples.add(Arguments.of(sample.getKey(), sample.getValue().path("sync").asText(), width));
      }
    }
    return samples.stream();
  }

  /** Lines that are left out there are one of {@code …}. */
  @Test
  void printsWhatItsPageShows() throws IOException {
    Sync sync = SyncFile.read(SAMPLES.resolve("profiles.json")).sync();
    String text =
        CheckText.of(
            FileCheck.check(SAMPLES.resolve("profiles.csv.gz"), sync, Map.of(), Instant.EPOCH),
            sync,
            "samples/profiles.csv.gz",
            Duration.ofMillis(300),
            80);

    String shown = Files.readString(Path.of("../docs/check.md")).split("```\n", -1)[3];
    assertThat(text.lines()).containsSubsequence(shown.replace("  …\n", "").lines().toList());
  }

  @Test
  void keepsLongNamesAndManyRowsWithinATerminal() throws IOException {
    String name = "age_" + "x".repeat(60);
    StringBuilder csv = new StringBuilder("identity," + name + ",\u202etxet\n");
    for (int i = 0; i < 1_000_020; i++) {
      csv.append("u,").append(i < 1_000_000 ? "1" : "old").append(",x\n");
    }
    Path file = Files.writeString(folder.resolve("a.csv"), csv);
    Path settings =
        Files.writeString(
            folder.resolve("sync.json"),
            Pushes.sync("\"skipOnInvalidRecord\": true, \"rename\": {\"" + name + "\": \"Age\"}"));
    Sync sync = SyncFile.read(settings).sync();

    String text =
        CheckText.of(
            FileCheck.check(file, sync, Map.of(), Instant.EPOCH),
            sync,
            "a.csv",
            Duration.ofMillis(300),
            80);

    assertThat(text.lines()).allMatch(line -> line.codePointCount(0, line.length()) <= 80);
    assertThat(text)
        .contains("first rows: 1000001, 1000002, ", "1000010, …", "age_xxxxxx")
        .doesNotContain("\u202e");
  }

  @Test
  void checksAFileThatIsLargerThanItsHeap() throws Exception {
    int rows = 1_000_000;
    Path file = folder.resolve("a.csv.gz");
    try (Writer out =
        new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), UTF_8)) {
      out.write("identity,text\n");
      for (int i = 0; i < rows; i++) {
        out.write("user-" + i + "," + "x".repeat(80) + "\n");
      }
    }
    Path sync = Files.writeString(folder.resolve("sync.json"), Pushes.sync("\"threadCount\": 5"));

    try (ChildCommand command =
        ChildCommand.java(
            folder,
            Map.of(),
            List.of("-Xmx64m"),
            Main.class.getName(),
            "check",
            file.toString(),
            "--sync",
            sync.toString())) {
      assertThat(command.exitCode()).as(command.output()).isZero();
      assertThat(command.output()).startsWith("All 1,000,000 rows would be sent");
    }
  }

  /** Each reason that quotes a value, with a value that looks like the end of the quotation. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "515           | identity,email    | a,EVIL",
        "516           | identity,phone    | a,EVIL",
        "514           | identity,gender   | a,EVIL",
        "517           | identity,employed | a,EVIL",
        "520           | identity,age      | a,EVIL",
        "TYPE_MISMATCH | identity,dob      | a,EVIL",
        "TYPE_MISMATCH | identity,n        | a,EVIL",
        "TYPE_MISMATCH | identity,l        | a,EVIL",
        "525           | identity,ts       | a,EVIL",
        "523           | identity,n        | N/A,1",
      })
  void masksTheValueThatAReasonQuotes(String code, String header, String row) throws IOException {
    Pushed checked =
        check(
            header + "\n" + row.replace("EVIL", "\"s3cr3t\"\"; it must be s3cr3t\"\"\"") + "\n",
            Pushes.sync(
                "\"skipOnInvalidRecord\": true, \"columnTypes\": {"
                    + (header.endsWith(",n") ? "\"n\": \"number\"" : "")
                    + (header.endsWith(",l") ? "\"l\": \"list\"" : "")
                    + "}"),
            List.of());

    assertThat(checked.output()).contains(code).doesNotContain("s3cr3t", "N/A");
  }

  @Test
  void masksTheNameOfAnEvent() throws IOException {
    Pushed checked =
        check(
            "evtName,identity,items[0].a\nS3cr3t%\"x,a,\nS3cr3t party,a,1\n",
            "{\"connection\": \"stand-in\", \"prefix\": \"a/\", \"target\": \"USER_EVENTS\","
                + " \"skipOnInvalidRecord\": true}",
            List.of());

    assertThat(checked.output())
        .contains("FORBIDDEN_EVENT_NAME", "512", "only a Charged event may have items")
        .doesNotContain("S3cr3t");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "--latency 0                | --latency is 0; it must be a number of milliseconds",
        "--clevertap other          | --clevertap is other; the only value is stand-in",
        "--work ftp://somewhere     | it must be a folder of this machine",
        "--remote                   | connection \"nobodys\" is not known here",
      })
  void asksToPutRightWhatIsWrong(String options, String message) throws IOException {
    Pushed checked =
        check(
            "identity\na\n",
            Pushes.sync("\"threadCount\": 1").replace("\"stand-in\"", "\"nobodys\""),
            List.of(options.split(" ")));

    assertThat(checked.exitCode()).isEqualTo(2);
    assertThat(checked.output()).contains(message).doesNotContain("Exception", "would be");
  }

  @Test
  void refusesAFileThatIsNotThere() throws IOException {
    Files.writeString(folder.resolve("sync.json"), Pushes.sync("\"threadCount\": 1"));

    Pushed checked = run(List.of());

    assertThat(checked.exitCode()).isEqualTo(2);
    assertThat(checked.output()).contains("there is no file", "a.csv");
  }

  @Test
  void refusesASyncWhoseTimeHasNotCome() throws IOException {
    Pushed checked =
        check("identity\na\n", Pushes.sync("\"since\": \"2999-01-01T00:00:00Z\""), List.of());

    assertThat(checked.exitCode()).isEqualTo(2);
    assertThat(checked.output()).contains("since is 2999-01-01T00:00:00Z", "sync.json");
  }

  @Test
  void provesTheBuiltInCleverTapForWhatItIs() throws IOException {
    Pushed checked = check("identity\na\n", Pushes.sync("\"threadCount\": 1"), List.of("--remote"));

    assertThat(checked.exitCode()).isZero();
    assertThat(checked.output())
        .contains(
            "All 1 rows would be sent", "nothing was stored", "it proves nothing of an account");
  }

  @Test
  void writesNothing() throws IOException {
    check("identity\na\n", Pushes.sync("\"threadCount\": 1"), List.of());

    assertThat(folder.resolve("work")).doesNotExist();
    assertThat(Files.list(folder)).hasSize(2);
  }

  /** A push at the same time holds the folder; who only looks need not wait for it. */
  @Test
  void looksIntoAFolderThatAPushHolds() throws IOException {
    try (WorkFolder held = WorkFolder.lock(folder.resolve("work"))) {
      assertThat(held.path()).exists();

      Pushed checked = check("identity\na\n", Pushes.sync("\"threadCount\": 1"), List.of());

      assertThat(checked.exitCode()).isZero();
    }
  }

  private Pushed check(String csv, String sync, List<String> options) throws IOException {
    Files.write(folder.resolve("a.csv"), csv.getBytes(UTF_8));
    Files.writeString(folder.resolve("sync.json"), sync);
    return run(options);
  }

  private Pushed run(List<String> options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "check",
                folder.resolve("a.csv").toString(),
                "--sync",
                folder.resolve("sync.json").toString()));
    if (!options.contains("--work")) {
      arguments.addAll(List.of("--work", folder.resolve("work").toString()));
    }
    arguments.addAll(options);
    return new Pushes(folder).run(arguments);
  }
}
