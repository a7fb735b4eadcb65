package io.tapline.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapline.ledger.Job;
import io.tapline.ledger.OpenRun;
import io.tapline.local.progress.Progress;
import io.tapline.local.standin.Faults;
import io.tapline.local.standin.StandIn;
import io.tapline.local.standin.StandInOptions;
import io.tapline.report.Report;
import io.tapline.report.Report.Status;
import io.tapline.sync.Sync;
import io.tapline.sync.SyncLoader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A push that is asked to end, and the next one of the same file. */
class PushInterruptedTest {

  private static final int USERS = 30;
  private static final int ROWS_EACH = 600;
  private static final List<String> ROWS = Exports.rows(USERS, ROWS_EACH);
  private static final String SETTINGS =
      """
      {"connection": "prod", "prefix": "ended/", "target": "USER_PROFILES", %s "threadCount": 3}
      """
          .formatted(Exports.PROFILES);

  @TempDir private Path folder;

  @ParameterizedTest(name = "SIG{0}")
  @CsvSource({
    "INT,  130, 'Ctrl-C: ending the calls under way'",
    "TERM, 143, 'SIGTERM: ending the calls under way'",
  })
  void endsInGoodOrderAndIsGoneOnWith(String signal, int exitCode, String first) throws Exception {
    assumeFalse(isIgnored(signal), "whoever started the tests lets them ignore SIG" + signal);
    Path export = Exports.profiles(folder.resolve("my export.csv"), USERS, ROWS_EACH);
    List<JsonNode> received = Collections.synchronizedList(new ArrayList<>());
    String output;
    try (StandIn cleverTap = standIn("latency=500ms", received);
        ChildCommand push = push(export, cleverTap)) {
      await(push, () -> cleverTap.stats().calls() >= 4);
      push.signal(signal);

      assertThat(push.exitCode()).as(push.output()).isEqualTo(exitCode);
      output = push.output();
    }
    assertThat(output)
        .contains(first)
        .containsPattern("ended: 1?[0-9],000 of 18,000 rows are decided, 0 of them rejected")
        .contains("Nothing is lost")
        .contains("  tapline push '" + export + "' --sync " + folder.resolve("ended.json"))
        .doesNotContain("Exception", "failed");
    int sent = received.size();
    assertThat(sent).isBetween(1000, ROWS.size() - 1000);

    try (StandIn cleverTap = standIn("", received);
        ChildCommand push = push(export, cleverTap)) {
      assertThat(push.exitCode()).as(push.output()).isZero();
      assertThat(push.output())
          .contains("pushed: 18,000 rows (%,d before)".formatted(sent))
          .contains("COMPLETED: all rows were delivered")
          .containsPattern(" 18,000  accepted");
    }
    // Calls under way came to their end, so no row was sent twice.
    assertThat(received.stream().map(Exports::row).toList())
        .containsExactlyInAnyOrderElementsOf(ROWS);
  }

  @Test
  void endsAtOnceWhenItIsAskedTwice() throws Exception {
    Path export = Exports.profiles(folder.resolve("export.csv"), USERS, 1);
    try (StandIn cleverTap = standIn("hang-after=#1-3", new ArrayList<>());
        ChildCommand push = push(export, cleverTap)) {
      await(push, () -> cleverTap.stats().calls() >= 1);
      push.signal("TERM");
      await(push, () -> output(push).contains("again ends at once"));
      push.signal("TERM");

      assertThat(push.exitCode()).as(push.output()).isEqualTo(143);
      assertThat(push.output()).doesNotContain("Exception", "failed");
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "staging, 'is not staged yet, and nothing was sent'",
    "pushing, '000 of 18,000 rows are decided, 0 of them rejected'",
  })
  void saysWhereItStands(String stage, String standing) throws IOException {
    Path export = Exports.profiles(folder.resolve("export.csv"), USERS, ROWS_EACH);
    ToLongFunction<Figures> seen = stage.equals("staging") ? Figures::staged : Figures::decided;
    try (TestMachine test = new TestMachine(folder.resolve("work"))) {
      test.cleverTap("latency=100ms");
      Figures figures = test.machine().figures();
      try (Progress progress = silent()) {
        PushRun run = new PushRun(test.machine(), progress, () -> seen.applyAsLong(figures) > 0);
        Sync sync = SyncLoader.load("ended", SETTINGS.getBytes(UTF_8), "ended");

        assertThatThrownBy(
                () -> run.push(new ExportFile(export), sync, SETTINGS.getBytes(UTF_8), false, null))
            .isNotNull();

        assertThat(run.standing()).endsWith(standing);
      }
    }

    try (TestMachine test = new TestMachine(folder.resolve("work"))) {
      test.cleverTap("");
      Report report = test.push(export, "ended", SETTINGS);

      assertThat(report.status()).isEqualTo(Status.COMPLETED);
      assertThat(report.rows().accepted()).isEqualTo(ROWS.size());
    }
  }

  /** A job that a restage opened can't be restaged again. */
  @Test
  void redriveGoesOnWithAFirstRunThatIsOpen() throws IOException {
    Path export = Exports.profiles(folder.resolve("export.csv"), USERS, ROWS_EACH);
    try (TestMachine test = new TestMachine(folder.resolve("work"))) {
      test.cleverTap("");
      Figures figures = test.machine().figures();
      byte[] settings = SETTINGS.getBytes(UTF_8);
      Sync sync = SyncLoader.load("ended", settings, "ended");
      try (Progress progress = silent()) {
        PushRun broken = new PushRun(test.machine(), progress, () -> figures.staged() > 0);
        assertThatThrownBy(() -> broken.push(new ExportFile(export), sync, settings, false, null))
            .isNotNull();
        OpenRun open = test.installation().ledger().openRuns().getFirst();
        Job job = test.installation().ledger().job("ended", open.job()).job().orElseThrow();

        Status status =
            new PushRun(test.machine(), progress, () -> false).redrive(job, false, false, null);

        assertThat(status).isEqualTo(Status.COMPLETED);
      }
      assertThat(test.received()).hasSize(ROWS.size());
    }
  }

  /** Whoever tells by which command it goes on may need it, whichever run the job has come to. */
  @Test
  void knowsTheJobOfARedriveThatIsAskedToEnd() throws IOException {
    Path export = Exports.profiles(folder.resolve("export.csv"), USERS, 1);
    try (TestMachine test = new TestMachine(folder.resolve("work"));
        Progress progress = silent()) {
      test.cleverTap("401=#1-9");
      Report stopped = test.push(export, "ended", SETTINGS);
      assertThat(stopped.status()).isEqualTo(Status.STOPPED);
      Job job = test.installation().ledger().job("ended", stopped.job()).job().orElseThrow();
      PushRun redrive = new PushRun(test.machine(), progress, () -> true);

      assertThatThrownBy(() -> redrive.redrive(job, false, false, null))
          .isInstanceOf(EndedException.class);

      assertThat(redrive.job()).hasValue(stopped.job());
    }
  }

  private static Progress silent() {
    return new Progress(new PrintWriter(Writer.nullWriter()), null);
  }

  private static StandIn standIn(String faults, List<JsonNode> received) {
    return StandIn.start(
        StandInOptions.builder()
            .faults(Faults.parse(faults))
            .recorder((kind, record) -> received.add(record))
            .build());
  }

  private ChildCommand push(Path export, StandIn cleverTap) throws IOException {
    return ChildCommand.tapline(
        folder,
        Map.of("TAPLINE_CONNECTION_PROD", Pushes.connection(cleverTap)),
        "push",
        export.toString(),
        "--sync",
        Files.writeString(folder.resolve("ended.json"), SETTINGS).toString(),
        "--work",
        folder.resolve("work").toString());
  }

  private static void await(ChildCommand push, BooleanSupplier isSo) throws Exception {
    while (!isSo.getAsBoolean()) {
      assertThat(push.isAlive()).as(push.output()).isTrue();
      Thread.sleep(5);
    }
  }

  private static String output(ChildCommand push) {
    try {
      return push.output();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A process that was started in the background may have to, and so have its children. */
  private static boolean isIgnored(String signal) throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    int number = signal.equals("INT") ? 2 : 15;
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
        .anyMatch(ignored -> (ignored >> (number - 1) & 1) == 1);
  }
}
