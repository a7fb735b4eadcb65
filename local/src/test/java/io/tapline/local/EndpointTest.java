package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapline.aws.Clock;
import io.tapline.report.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line with an S3 and an SQS that are there already. */
class EndpointTest {

  private static final Path SAMPLES = Path.of("../samples");

  @TempDir private static Path folder;
  private static EmbeddedS3 s3;
  private static EmbeddedSqs sqs;
  private static OneEndpoint both;

  @BeforeAll
  static void start() throws Exception {
    s3 = EmbeddedS3.start(folder.resolve("s3"));
    sqs = EmbeddedSqs.start();
    both = new OneEndpoint(s3.endpoint(), sqs.endpoint());
  }

  @AfterAll
  static void stop() throws Exception {
    both.close();
    sqs.close();
    s3.close();
  }

  @Test
  void oneEndpointForBoth() throws Exception {
    Report report =
        push("profiles.csv.gz", "profiles", Map.of("AWS_ENDPOINT_URL", both.uri().toString()));

    assertThat(report.rows().accepted()).isEqualTo(386);
    assertThat(both.s3Requests()).isPositive();
    // Also where it is a queue URL that is asked: that names ElasticMQ's own address.
    assertThat(both.sqsActions()).contains("SendMessageBatch", "ReceiveMessage", "DeleteMessage");
  }

  /** What {@link LocalStackTest} plays where there is Docker. */
  @Test
  void theWholePipelineOverOneEndpoint() throws Exception {
    int requests = both.s3Requests();

    PipelineScenario.playAt(
        Files.createDirectory(folder.resolve("pipeline")),
        environment(Map.of("AWS_ENDPOINT_URL", both.uri().toString())));

    assertThat(both.s3Requests()).isGreaterThan(requests);
  }

  @Test
  void oneForEach() throws Exception {
    int requests = both.s3Requests();
    Report report =
        push(
            "events.csv",
            "events",
            Map.of(
                "AWS_ENDPOINT_URL_S3", s3.endpoint().toString(),
                "AWS_ENDPOINT_URL_SQS", sqs.endpoint().toString()));

    assertThat(report.rows().accepted()).isEqualTo(289);
    assertThat(both.s3Requests()).isEqualTo(requests);
  }

  @ParameterizedTest(name = "{0} alone")
  @CsvSource({
    "AWS_ENDPOINT_URL_S3,  AWS_ENDPOINT_URL_SQS",
    "AWS_ENDPOINT_URL_SQS, AWS_ENDPOINT_URL_S3",
  })
  void oneWithoutTheOther(String set, String missing) {
    assertThatThrownBy(
            () ->
                OneMachine.start(
                    folder.resolve("none"),
                    Map.of(set, "http://127.0.0.1:1"),
                    LocalConnections.of(Map.of(), folder, Clock.system()),
                    line -> {}))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(set + " is set")
        .hasMessageContaining(missing + " is not");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void noServiceAtTheEndpoint() throws Exception {
    try (ChildCommand push =
        ChildCommand.tapline(
            folder,
            environment(Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:1")),
            arguments("events.csv", "events"))) {
      assertThat(push.exitCode()).as(push.output()).isEqualTo(2);
      assertThat(push.output()).contains("AWS_ENDPOINT_URL").doesNotContain("\tat ");
    }
  }

  private static Report push(String export, String sync, Map<String, String> endpoints)
      throws Exception {
    try (ChildCommand push =
        ChildCommand.tapline(folder, environment(endpoints), arguments(export, sync))) {
      assertThat(push.exitCode()).as(push.output()).isEqualTo(3);
    }
    assertThat(folder.resolve("work")).doesNotExist(); // no embedded S3
    Report report = Report.parse(Files.readAllBytes(folder.resolve("out/report.json")));
    assertThat(folder.resolve("s3/tapline-work/jobs/" + sync + "/" + report.job())).isDirectory();
    return report;
  }

  private static String[] arguments(String export, String sync) {
    return new String[] {
      "push",
      SAMPLES.resolve(export).toString(),
      "--sync",
      SAMPLES.resolve(sync + ".json").toString(),
      "--out",
      folder.resolve("out").toString(),
      "--work",
      folder.resolve("work").toString()
    };
  }

  private static Map<String, String> environment(Map<String, String> endpoints) {
    Map<String, String> environment = new HashMap<>(endpoints);
    environment.put("AWS_ACCESS_KEY_ID", s3.credentials().accessKeyId());
    environment.put("AWS_SECRET_ACCESS_KEY", s3.credentials().secretAccessKey());
    environment.put("AWS_REGION", "us-east-1");
    return environment;
  }
}
