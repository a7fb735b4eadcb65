package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import software.amazon.awssdk.services.s3.model.S3Exception;

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

  @Test
  void saysWhatItMeansThatS3Fails() {
    Exception full =
        new IllegalStateException(S3Exception.builder().statusCode(500).message("x").build());

    assertThat(outputOf(Map.of(), full))
        .contains("the work folder can't be used:", "see whether its disk is full");
    assertThat(outputOf(Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:1"), full))
        .contains("S3 or SQS can't be used:", "run the same command again in a few minutes");
  }

  private static String outputOf(Map<String, String> environment) {
    return outputOf(
        environment,
        new IllegalStateException(new UncheckedIOException(new IOException("disk full"))));
  }

  private static String outputOf(Map<String, String> environment, Exception failure) {
    StringWriter output = new StringWriter();
    int exitCode =
        new CommandLine(new Failing(failure))
            .setExecutionExceptionHandler(new UnexpectedFailure(environment))
            .setErr(new PrintWriter(output))
            .execute();
    assertThat(exitCode).isEqualTo(1);
    return output.toString();
  }

  @Command(name = "fail")
  private record Failing(Exception failure) implements Callable<Integer> {

    @Override
    public Integer call() throws Exception {
      throw failure;
    }
  }
}
