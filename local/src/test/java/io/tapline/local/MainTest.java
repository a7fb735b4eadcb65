package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tapline.local.standin.Faults;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {

  @ParameterizedTest
  @CsvSource({
    "--version, 0, tapline",
    "--help, 0, Usage: tapline",
    "'', 0, Usage: tapline",
    "--no-such-option, 2, Unknown option"
  })
  void answers(String argument, int exitCode, String text) {
    StringWriter output = new StringWriter();
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(output)).setErr(new PrintWriter(output));

    int code = argument.isEmpty() ? commandLine.execute() : commandLine.execute(argument);

    assertThat(code).isEqualTo(exitCode);
    assertThat(output.toString()).contains(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"push", "redrive", "serve"})
  void listsAllFaults(String command) {
    StringWriter output = new StringWriter();
    Main.commandLine().setOut(new PrintWriter(output)).execute(command, "--help");

    assertThat(output.toString().replaceAll("\\s", ""))
        .contains(names("none=1", "faults are "))
        .contains(names("none:429=1", "expected "));
  }

  /** Those that a fault could have, as is said of one that has none of them. */
  private static List<String> names(String fault, String before) {
    String problem = catchThrowable(() -> Faults.parse(fault)).getMessage();
    return List.of(problem.substring(problem.indexOf(before) + before.length()).split(", "));
  }
}
