package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class UnexpectedFailureTest {

  @Test
  void saysWhatAndNotWhere() {
    assertThat(outputOf(Map.of()))
        .contains("IOException: disk full", "Run the same command again", "TAPLINE_DEBUG=1")
        .doesNotContain("\tat ");
  }

  @Test
  void saysWhereToWhoAsks() {
    assertThat(outputOf(Map.of("TAPLINE_DEBUG", "1"))).contains("IOException: disk full", "\tat ");
  }

  private static String outputOf(Map<String, String> environment) {
    StringWriter output = new StringWriter();
    int exitCode =
        new CommandLine(new Failing())
            .setExecutionExceptionHandler(new UnexpectedFailure(environment))
            .setErr(new PrintWriter(output))
            .execute();
    assertThat(exitCode).isEqualTo(1);
    return output.toString();
  }

  @Command(name = "fail")
  private static final class Failing implements Runnable {

    @Override
    public void run() {
      throw new IllegalStateException(new UncheckedIOException(new IOException("disk full")));
    }
  }
}
