package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tapline.local.standin.Faults;
import io.tapline.local.standin.StandIn;
import io.tapline.local.standin.StandInOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person sees of a push, in a real terminal and without one. */
@Timeout(180) // a terminal that shows something else would be waited for without end
class PushInTerminalTest {

  private static final int USERS = 30;
  private static final int ROWS_EACH = 600;

  @TempDir private Path folder;

  /** The bar, then Ctrl-C, then the same command to its end. */
  @ParameterizedTest(name = "{0}x{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "80  | 24 | pushing +[0-9]+% \\[=*> *] [0-9.k]+/18.0k rows, [0-9]+/s, [1-3] calls, 0"
            + " rejected.*",
        "120 | 40 | pushing +[0-9]+% \\[=*> *] [0-9,]+ of 18,000 rows, [0-9,]+ rows/s, [1-3] calls"
            + " in flight, 0 rejected.*",
        "40  | 24 | pushing +[0-9]+% (\\[=*> *] )?[0-9.k]+/18.0k rows.*",
      })
  void showsABarThatFits(int columns, int lines, String bar) throws Exception {
    assumeTrue(Tmux.isThere(), "tmux is not installed");
    Path export = Exports.profiles(folder.resolve("export.csv"), USERS, ROWS_EACH);
    try (StandIn cleverTap = standIn("latency=500ms");
        Tmux tmux = new Tmux(folder)) {
      tmux.run(columns, lines, environment(cleverTap), command(export));
      List<String> screen = awaitLine(tmux, bar);
      assertThat(screen).filteredOn(line -> line.contains("rejected")).hasSizeLessThan(2);
      assertThat(screen).filteredOn(line -> line.startsWith("pushing")).hasSize(1);

      tmux.press("C-c");

      awaitEnd(tmux);
      assertThat(tmux.exitCode()).isEqualTo(130);
      assertThat(tmux.text())
          .contains("Ctrl-C: ending the calls under way", "of 18,000 rows are decided")
          .contains("Nothing is lost", "tapline push " + export)
          .doesNotContain("pushing", "^C");
    }

    try (StandIn cleverTap = standIn("");
        Tmux tmux = new Tmux(folder)) {
      tmux.run(columns, lines, environment(cleverTap), command(export));

      awaitEnd(tmux);
      assertThat(tmux.exitCode()).isZero();
      assertThat(tmux.text())
          .contains("staged: 18,000 rows in 20 chunks", "pushed: 18,000 rows")
          .contains("COMPLETED: all rows were delivered")
          .containsPattern("18,000 {2}accepted by CleverTap")
          .doesNotContain("staging  ", "pushing", "finalizing", "[=");
    }
  }

  @Test
  void followsATerminalThatIsMadeNarrower() throws Exception {
    assumeTrue(Tmux.isThere(), "tmux is not installed");
    Path export = Exports.profiles(folder.resolve("export.csv"), USERS, ROWS_EACH);
    try (StandIn cleverTap = standIn("latency=1s");
        Tmux tmux = new Tmux(folder)) {
      tmux.run(120, 40, environment(cleverTap), command(export));
      awaitLine(tmux, "pushing .*calls in flight.*");

      tmux.resize(60, 40);

      awaitLine(tmux, "pushing .*/18.0k rows.*");
      tmux.press("C-c");
      awaitEnd(tmux);
    }
  }

  /** Nothing that only a terminal understands goes into a file. */
  @Test
  void printsPlainLinesWithoutATerminal() throws Exception {
    Path export = Exports.profiles(folder.resolve("export.csv"), USERS, ROWS_EACH);
    try (StandIn cleverTap = standIn("");
        ChildCommand push = push(export, cleverTap)) {
      assertThat(push.exitCode()).as(push.output()).isZero();

      assertThat(push.output()).doesNotContain("\r", "\033");
      assertThat(
              push.output()
                  .lines()
                  .filter(line -> !line.startsWith("pushing: ") && !line.startsWith("WARNING: "))
                  .limit(5))
          .satisfiesExactly(
              line -> assertThat(line).matches("job \\S+: staging [0-9,]+ bytes"),
              line -> assertThat(line).isEqualTo("staged: 18,000 rows in 20 chunks"),
              line ->
                  assertThat(line).matches("pushed: 18,000 rows in [0-9.]+ s, 0 of them rejected"),
              line -> assertThat(line).isEmpty(),
              line -> assertThat(line).isEqualTo("COMPLETED: all rows were delivered"));
    }
  }

  private static StandIn standIn(String faults) {
    return StandIn.start(StandInOptions.builder().faults(Faults.parse(faults)).build());
  }

  private static Map<String, String> environment(StandIn cleverTap) {
    return Map.of("TAPLINE_CONNECTION_PROD", Pushes.connection(cleverTap));
  }

  private ChildCommand push(Path export, StandIn cleverTap) throws IOException {
    return ChildCommand.tapline(
        folder, environment(cleverTap), arguments(export).toArray(String[]::new));
  }

  private List<String> command(Path export) throws IOException {
    List<String> command =
        new ArrayList<>(
            ChildCommand.commandLine(
                folder, List.of("-Xmx512m", "-Dtapline.terminal=true"), Main.class.getName()));
    command.addAll(arguments(export));
    return command;
  }

  private List<String> arguments(Path export) throws IOException {
    Path sync =
        Files.writeString(
            folder.resolve("seen.json"),
            """
            {"connection": "prod", "prefix": "seen/", "target": "USER_PROFILES", %s "threadCount": 3}
            """
                .formatted(Exports.PROFILES));
    return List.of(
        "push",
        export.toString(),
        "--sync",
        sync.toString(),
        "--work",
        folder.resolve("work").toString());
  }

  private static List<String> awaitLine(Tmux tmux, String line) throws Exception {
    Pattern pattern = Pattern.compile(line);
    while (true) {
      List<String> screen = tmux.screen();
      if (screen.stream().anyMatch(shown -> pattern.matcher(shown).matches())) {
        return screen;
      }
      assertThat(tmux.isOver()).as("%s", screen).isFalse();
      Thread.sleep(20);
    }
  }

  private static void awaitEnd(Tmux tmux) throws InterruptedException {
    while (!tmux.isOver()) {
      Thread.sleep(20);
    }
  }
}
