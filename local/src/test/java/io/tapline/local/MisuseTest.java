package io.tapline.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.local.Pushes.Pushed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What ends a push before there is a job. */
class MisuseTest {

  private static final String NO_OPTIONS = "\"threadCount\": 2";

  @TempDir Path folder;

  /**
   * Something that ends a push before there is a job.
   *
   * @param sync the text of the sync file; null: there is none
   */
  private record Misuse(
      String rule, String file, String sync, List<String> options, List<String> messages) {

    @Override
    public String toString() {
      return rule;
    }
  }

  static Stream<Misuse> misuses() {
    String good = Pushes.sync(NO_OPTIONS);
    return Stream.of(
        new Misuse("no such file", "none.csv", good, List.of(), List.of("no file", "none.csv")),
        new Misuse("a folder", "sub", good, List.of(), List.of("sub is not a file")),
        new Misuse("no sync file", "good.csv", null, List.of(), List.of("no sync file")),
        new Misuse("no JSON", "good.csv", "{x", List.of(), List.of("not valid JSON", "line 1")),
        new Misuse(
            "an unknown key",
            "good.csv",
            Pushes.sync("\"threadcount\": 2"),
            List.of(),
            List.of("threadcount is unknown; did you mean threadCount?", "sync.json")),
        new Misuse(
            "a bad value",
            "good.csv",
            Pushes.sync("\"threadCount\": 12"),
            List.of(),
            List.of("threadCount is 12; it must be 1 to 10", "sync.json")),
        new Misuse(
            "a connection that is not there",
            "good.csv",
            good.replace("stand-in", "no-such.account"),
            List.of(),
            List.of("TAPLINE_CONNECTION_NO_SUCH_ACCOUNT", "connections/no-such.account.json")),
        new Misuse(
            "faults that are none",
            "good.csv",
            good,
            List.of("--faults", "nonsense"),
            List.of("--faults", "nonsense", "latency")),
        new Misuse(
            "faults of a real CleverTap",
            "good.csv",
            good.replace("stand-in", "prod"),
            List.of("--faults", "429=1"),
            List.of("--clevertap stand-in")),
        new Misuse(
            "another CleverTap",
            "good.csv",
            good,
            List.of("--clevertap", "eu1"),
            List.of("--clevertap is eu1; the only value is stand-in")),
        new Misuse(
            "a record file that can't be written",
            "good.csv",
            good,
            List.of("--record", "no-such-folder/record"),
            List.of("can't be recorded in no-such-folder/record")),
        new Misuse(
            "no sync at all, and no file",
            null,
            null,
            List.of(),
            List.of("--sync", "tapline push --help")),
        new Misuse(
            "an export from before since",
            "good.csv",
            Pushes.sync("\"since\": \"2999-01-01T00:00:00Z\""),
            List.of(),
            List.of("before \"since\" (2999-01-01T00:00:00Z)", "nothing was pushed")));
  }

  @ParameterizedTest
  @MethodSource("misuses")
  void doesNothingButSayWhatToPutRight(Misuse misuse) throws IOException {
    Pushes pushes = new Pushes(folder);
    pushes.write("good.csv", "identity,name\na,A\n".getBytes(UTF_8));
    Files.createDirectory(folder.resolve("sub"));
    if (misuse.sync != null) {
      Files.writeString(folder.resolve("sync.json"), misuse.sync);
    }

    Pushed pushed =
        misuse.file == null
            ? pushes.run(List.of("push"))
            : pushes.push(misuse.file, "sync.json", misuse.options);

    assertThat(pushed.exitCode()).as(pushed.output()).isEqualTo(2);
    assertThat(pushed.output()).contains(misuse.messages).doesNotContain("Exception", "\tat ");
    assertThat(pushed.reports()).isEmpty();
    assertThat(pushed.hasRequests()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("folders")
  void asksForAFolderBeforeItPushes(String option) throws IOException {
    Pushes pushes = new Pushes(folder);
    pushes.write("good.csv", "identity,name\na,A\n".getBytes(UTF_8));
    pushes.writeSync("sync.json", NO_OPTIONS);

    Pushed pushed =
        pushes.run(
            List.of(
                "push",
                pushes.path("good.csv"),
                "--sync",
                pushes.path("sync.json"),
                option,
                pushes.path("good.csv")));

    assertThat(pushed.exitCode()).isEqualTo(2);
    assertThat(pushed.output()).contains(option, "good.csv").doesNotContain("Exception");
  }

  static Stream<String> folders() {
    return Stream.of("--out", "--work");
  }
}
