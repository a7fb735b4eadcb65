package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tapline.local.standin.Faults;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {

  private final StringWriter output = new StringWriter();

  @ParameterizedTest
  @CsvSource({"--version, tapline", "--help, Usage: tapline", "'', Usage: tapline"})
  void answers(String argument, String text) {
    int code = execute(argument);

    assertThat(code).isZero();
    assertThat(output.toString()).contains(text);
  }

  /** A typing mistake; the answer is a few lines, not the whole usage. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "psuh          | There is no command psuh / Did you mean push? / tapline --help",
        "psuh --help   | There is no command psuh / Did you mean push? / tapline --help",
        "nonsense      | There is no command nonsense / tapline --help",
        "--no-such     | Unknown option --no-such / tapline --help",
        "push a --snyc | Unknown option --snyc / Did you mean --sync? / tapline push --help",
        "push          | Missing required / --sync / FILE / tapline push --help",
        "push a --sync s b | tapline push does not take b / tapline push --help",
        "push a --sync | Missing required parameter / --sync / tapline push --help"
      })
  void saysWhatIsWrongInAFewLines(String arguments, String texts) {
    int code = execute(arguments);

    assertThat(code).isEqualTo(2);
    assertThat(output.toString()).contains(texts.split(" / ")).doesNotContain("Usage:");
    assertThat(output.toString().lines()).hasSizeLessThan(5);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasAHelpWithAnExample(String command) {
    int code = execute(command + " --help");

    assertThat(code).isZero();
    assertThat(output.toString()).contains("Usage: tapline " + command, "  tapline " + command);
  }

  static Stream<String> commands() {
    return Main.commandLine().getSubcommands().keySet().stream();
  }

  @ParameterizedTest
  @ValueSource(strings = {"push", "redrive", "serve"})
  void listsAllFaults(String command) {
    execute(command + " --help");

    assertThat(output.toString().replaceAll("\\s", ""))
        .contains(names("none=1", "faults are "))
        .contains(names("none:429=1", "expected "));
  }

  /** Those that a fault could have, as is said of one that has none of them. */
  private static List<String> names(String fault, String before) {
    String problem = catchThrowable(() -> Faults.parse(fault)).getMessage();
    return List.of(problem.substring(problem.indexOf(before) + before.length()).split(", "));
  }

  private int execute(String arguments) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(output)).setErr(new PrintWriter(output));
    return arguments.isEmpty() ? commandLine.execute() : commandLine.execute(arguments.split(" "));
  }
}
