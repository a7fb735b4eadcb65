package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
}
