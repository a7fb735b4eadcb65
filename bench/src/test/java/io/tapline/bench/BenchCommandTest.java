package io.tapline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tapline.bench.cold.ColdStarts;
import io.tapline.bench.task.Child;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** Each measurement runs, with tiny sizes, and finds its place in the page. */
class BenchCommandTest {

  private static final Path PAGE = Path.of("../docs/benchmarks.md");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(
      value = Topic.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"PUSH", "PROFILE"})
  void measures(Topic topic) throws Exception {
    assumeTrue(
        topic != Topic.COLD
            || (System.getProperty("os.name").equals("Linux") && ColdStarts.isBuilt()),
        "Lambda's runtime is made for Linux, and mvn package builds the functions' jars");
    // Some figures are the same each time: those of the page are taken out first.
    String empty =
        Files.readString(PAGE).replaceAll("(?s)(<!-- figures: \\w+ -->).*?(<!-- end -->)", "$1$2");
    Path page = Files.writeString(folder.resolve("page.md"), empty);

    // In this JVM: to start one for each task would take most of the time.
    int exitCode =
        execute(
            (options, task, words) -> task.measure(words),
            "--quick",
            "--only",
            topic.toString(),
            "--out",
            page.toString());

    assertThat(exitCode).as(err.toString()).isZero();
    assertThat(Files.readString(page))
        .doesNotContain(
            "<!-- figures: " + topic.toString().toLowerCase(Locale.ROOT) + " --><!-- end")
        .doesNotContain("<!-- figures: machine --><!-- end");
    assertThat(out.toString()).contains("JDK");
  }

  @Test
  void pushesTheWholeWayAndRecordsIt() throws Exception {
    int exitCode = execute(Child::run, "--quick", "--only", "profile", "--jfr", folder.toString());

    assertThat(exitCode).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("| `io.tapline.")
        .as("native methods, too")
        .contains("`Inflater.inflateBytesBytes`");
    assertThat(folder.resolve("whole-way.jfr")).exists();
  }

  @ParameterizedTest
  @CsvSource({
    "--only profile, --only profile needs --jfr DIR",
    "--only speed, expected one of",
    "--out nowhere.md, --out is nowhere.md; it must be a page that is there",
  })
  void tellsWrongUsage(String arguments, String message) {
    assertThat(execute(Child::run, arguments.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(message);
  }

  private int execute(Launcher launcher, String... arguments) {
    CommandLine command = Main.commandLine(launcher);
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }
}
