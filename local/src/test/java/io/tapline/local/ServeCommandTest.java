package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.tapline.aws.AwsClients;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

class ServeCommandTest {

  private static final Path PROJECT = Path.of("..");

  /** A child that has not said it by then never will. */
  private static final int MOST_POLLS = 1200;

  @TempDir private Path folder;

  @Test
  void pushesWhatIsPutUntilItIsEnded() throws Exception {
    try (ChildCommand serve = serve("--faults", "latency=1ms")) {
      String greeting = awaitLine(serve, "ready; .*");
      URI s3 = URI.create(group(greeting, "S3 +(\\S+)"));
      URI sqs = URI.create(group(greeting, "SQS +(\\S+)"));
      Path files = Path.of(group(greeting, "files +(\\S+) \\(deleted at the end\\)"));
      AwsBasicCredentials credentials =
          AwsBasicCredentials.create(
              group(greeting, "AWS_ACCESS_KEY_ID=(\\S+)"),
              group(greeting, "AWS_SECRET_ACCESS_KEY=(\\S+)"));
      assertThat(greeting).containsPattern("exports/profiles/ +sync profiles");

      try (S3Client client = AwsClients.at(s3, sqs, credentials).s3()) {
        client.putObject(
            request -> request.bucket("tapline-exports").key("exports/profiles/1.csv.gz"),
            RequestBody.fromFile(PROJECT.resolve("samples/profiles.csv.gz")));
      }

      awaitLine(serve, "exports/profiles/1.csv.gz: job \\S+, 400 rows in 5 chunks");
      awaitLine(serve, "job \\S+ \\(sync profiles\\): COMPLETED_WITH_REJECTIONS, 386 of 400 .*");
      assertThat(Path.of(group(awaitLine(serve, "  report in .*"), "  report in (.*)"))).exists();
      serve.end();
      assertThat(serve.exitCode()).isNotZero();
      assertThat(files).doesNotExist();
    }
  }

  @Test
  void servesTheSamplesAlone() throws Exception {
    Path work = folder.resolve("work");
    try (ChildCommand serve = serve("--without-functions", "--work", work.toString())) {
      String greeting = awaitLine(serve, "ready; .*");

      assertThat(greeting)
          .contains("tapline-exports-123456789012", "tapline-work-123456789012")
          .containsPattern("others +http://127.0.0.1:[0-9]+ ")
          .contains("AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=tapline-serve");
      serve.end();
      assertThat(serve.exitCode()).isNotZero();
    }
    assertThat(work.resolve("tapline-work-123456789012/syncs/tokens.json")).exists();
  }

  @ParameterizedTest
  @CsvSource({"--port-s3", "--port-sqs", "--port-clevertap", "--port-aws"})
  void namesThePortThatIsTakenAndItsOption(String option) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      assertThat(refusal(option, port))
          .isEqualTo(
              "port %s is taken; end what listens there, or choose another one with %s%n"
                  .formatted(port, option));
    }
  }

  @Test
  void refusesWhatIsNoPort() {
    assertThat(refusal("--port-sqs", "70000"))
        .isEqualTo("--port-sqs is 70000; it must be 0 to 65535%n".formatted());
  }

  @Test
  void refusesASyncBesideTheSamples() {
    assertThat(refusal("--without-functions", "--sync", "vip.json"))
        .contains("--without-functions", "--sync");
  }

  @Test
  void refusesABrokenSync() throws IOException {
    Path sync = Files.writeString(folder.resolve("vip.json"), "{\"prefix\": \"vip/\"}");

    assertThat(refusal("--sync", sync.toString())).contains("connection", "vip.json");
  }

  /** What it says on its error stream when it does not start. */
  private static String refusal(String... options) {
    StringWriter errors = new StringWriter();
    CommandLine tapline = Main.commandLine().setErr(new PrintWriter(errors, true));
    assertThat(tapline.execute(onFreePorts(options))).isEqualTo(2);
    return errors.toString();
  }

  private ChildCommand serve(String... options) throws IOException {
    return ChildCommand.java(
        folder,
        Map.of(),
        List.of("-Xmx512m", "-Dtapline.home=" + PROJECT.toAbsolutePath()),
        Main.class.getName(),
        onFreePorts(options));
  }

  /** The command with these options, and with free ports where they name none. */
  private static String[] onFreePorts(String... options) {
    List<String> arguments = new ArrayList<>(List.of("serve"));
    for (String port : List.of("--port-s3", "--port-sqs", "--port-clevertap", "--port-aws")) {
      if (!List.of(options).contains(port)) {
        arguments.addAll(List.of(port, "0"));
      }
    }
    arguments.addAll(List.of(options));
    return arguments.toArray(String[]::new);
  }

  /** All that a child has said once it has said this line. */
  private static String awaitLine(ChildCommand child, String line) throws Exception {
    Pattern pattern = Pattern.compile("^" + line + "$", Pattern.MULTILINE);
    for (int poll = 0; poll < MOST_POLLS; poll++) {
      String output = child.output();
      if (pattern.matcher(output).find()) {
        return output;
      }
      if (!child.isAlive()) {
        break;
      }
      Thread.sleep(100);
    }
    return fail("no line \"%s\" in:%n%s", line, child.output());
  }

  private static String group(String text, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    assertThat(found.find()).as(pattern + " in " + text).isTrue();
    return found.group(1);
  }
}
