package io.tapline.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapline.aws.AwsClients;
import io.tapline.aws.Clock;
import io.tapline.aws.SqsDeadLetters;
import io.tapline.finalizer.FinalizerHandler;
import io.tapline.job.Installation;
import io.tapline.local.standin.StandIn;
import io.tapline.local.standin.StandInOptions;
import io.tapline.splitter.SplitterHandler;
import io.tapline.sync.AwsConnections;
import io.tapline.worker.WorkerHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * Runs each function on its sample event as {@code sam local invoke} does, with what {@code
 * events/env.json} says but other ports, against the services that {@code serve
 * --without-functions} starts.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SamSeedTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path EVENTS = Path.of("../events");

  /** Where env.json says that a service is, and where it is here. */
  private final Map<Integer, Integer> ports = new HashMap<>();

  private final List<String> told = new ArrayList<>();
  private StandIn standIn;
  private OneMachine machine;
  private OtherServices others;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    standIn = StandIn.start(StandInOptions.defaults());
    Services services =
        Services.embed(
            folder,
            0,
            0,
            ServeCommand.SAM_CREDENTIALS,
            store -> new FixedVersions(store, SamSeed.VERSIONS));
    machine = OneMachine.on(services, SamSeed.NAMES, new StandInConnections(standIn), line -> {});
    new SamSeed(machine, new Samples(Path.of("../samples"))).plant();
    others = OtherServices.start(0, standIn, told::add);
    Services.Embedded embedded = services.embedded().orElseThrow();
    ports.put(8610, embedded.s3().endpoint().getPort());
    ports.put(8611, embedded.sqs().endpoint().getPort());
    ports.put(8613, others.endpoint().getPort());
  }

  @AfterAll
  void stop() {
    others.close();
    machine.close();
    standIn.close();
  }

  @ParameterizedTest
  @CsvSource({
    "s3-object-created-put.json,       exports/profiles/profiles.csv.gz,              101500",
    "eventbridge-object-created.json,  exports/profiles/VIP customers A+B.csv.gz,     101501",
    "s3-object-created-multipart.json, exports/profiles/VIP customers A+B €.csv.gz,   102143"
  })
  void theSplitterTakesEachEventOfS3(String event, String key, String time) throws IOException {
    JsonNode answer = split(event);

    assertThat(answer).hasSize(1);
    assertThat(answer.at("/0/key").asText()).isEqualTo(key);
    assertThat(answer.at("/0/status").asText()).isEqualTo("RELEASED");
    assertThat(answer.at("/0/job").asText()).startsWith("20261124T" + time + "Z-");
  }

  @Test
  void theSplitterSweeps() throws IOException {
    assertThat(split("splitter-sweep.json")).isEmpty();
  }

  @Test
  void theWorkerTakesTheChunkAndTheFinalizerClosesItsJob() throws IOException {
    SQSEvent event =
        LambdaEventSerializers.serializerFor(SQSEvent.class, getClass().getClassLoader())
            .fromJson(Files.readString(EVENTS.resolve("sqs-chunk.json")));
    JsonNode chunk = JSON.readTree(event.getRecords().getFirst().getBody());

    SQSBatchResponse response =
        new WorkerHandler("test", installation("WorkerFunction"), 100)
            .handleRequest(event, context("worker"));
    Map<String, List<String>> closed = finish();

    assertThat(response.getBatchItemFailures()).isEmpty();
    assertThat(closed.get("closed")).containsExactly(chunk.path("job").asText());
    assertThat(standIn.stats().accepted().values()).as("four are bad").containsExactly(96L);
    assertThat(event.getRecords().getFirst().getMd5OfBody())
        .isEqualTo(md5(event.getRecords().getFirst().getBody()));
  }

  /** SAM gives a value only to a variable that the template names. */
  @Test
  void theTemplateNamesEachVariable() throws IOException {
    String template = Files.readString(Path.of("../template.yaml"));

    for (Map.Entry<String, JsonNode> function : environments().properties()) {
      assertThat(template).contains("  " + function.getKey() + ":\n");
      function
          .getValue()
          .fieldNames()
          .forEachRemaining(name -> assertThat(template).contains("  " + name + ": "));
    }
  }

  /** What serve starts with unless it is told otherwise. */
  @Test
  void theDefaultsFitTheEnvironment() throws IOException {
    assertThat(
            Stream.of("--port-s3", "--port-sqs", "--port-aws")
                .map(
                    option ->
                        Main.commandLine()
                            .getSubcommands()
                            .get("serve")
                            .getCommandSpec()
                            .findOption(option)
                            .defaultValue()))
        .containsExactly("8610", "8611", "8613");
    assertThat(queue("FinalizerFunction", Installation.QUEUE_URL))
        .isEqualTo(machine.queues().url());
    assertThat(queue("FinalizerFunction", Installation.DEAD_LETTER_QUEUE_URL))
        .isEqualTo(machine.queues().deadLetterUrl());
  }

  private JsonNode split(String event) throws IOException {
    SplitterHandler splitter =
        new SplitterHandler(
            "test",
            installation("SplitterFunction"),
            environment("SplitterFunction").path(Installation.EXPORT_BUCKET).asText(),
            (function, next) -> told.add(function));
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    splitter.handleRequest(
        new ByteArrayInputStream(Files.readAllBytes(EVENTS.resolve(event))),
        answer,
        context("splitter"));
    return JSON.readTree(answer.toByteArray());
  }

  private Map<String, List<String>> finish() throws IOException {
    try (SqsClient sqs = clients("FinalizerFunction").sqs()) {
      return new FinalizerHandler(
              "test",
              installation("FinalizerFunction"),
              new SqsDeadLetters(
                  sqs, queue("FinalizerFunction", Installation.DEAD_LETTER_QUEUE_URL)),
              (type, detail) -> {})
          .handleRequest(
              JSON.convertValue(
                  JSON.readTree(EVENTS.resolve("schedule-finalizer.json").toFile()),
                  new TypeReference<Map<String, Object>>() {}),
              context("finalizer"));
    }
  }

  private Installation installation(String function) throws IOException {
    JsonNode environment = environment(function);
    URI others = here(environment.path("AWS_ENDPOINT_URL").asText());
    StaticCredentialsProvider any = StaticCredentialsProvider.create(ServeCommand.SAM_CREDENTIALS);
    Clock clock = Clock.system();
    return Installation.of(
        clients(function),
        environment.path(Installation.WORK_BUCKET).asText(),
        queue(function, Installation.QUEUE_URL),
        new AwsConnections(
            () ->
                SecretsManagerClient.builder()
                    .endpointOverride(others)
                    .region(Region.US_EAST_1)
                    .credentialsProvider(any)
                    .build(),
            () ->
                SsmClient.builder()
                    .endpointOverride(others)
                    .region(Region.US_EAST_1)
                    .credentialsProvider(any)
                    .build(),
            clock),
        clock);
  }

  private AwsClients clients(String function) throws IOException {
    JsonNode environment = environment(function);
    return AwsClients.at(
        here(environment.path("AWS_ENDPOINT_URL_S3").asText()),
        here(environment.path("AWS_ENDPOINT_URL_SQS").asText()),
        ServeCommand.SAM_CREDENTIALS);
  }

  private String queue(String function, String variable) throws IOException {
    return here(environment(function).path(variable).asText()).toString();
  }

  private URI here(String url) {
    URI uri = URI.create(url);
    return URI.create(url.replace(":" + uri.getPort(), ":" + ports.get(uri.getPort())));
  }

  private static JsonNode environment(String function) throws IOException {
    return environments().path(function);
  }

  private static JsonNode environments() throws IOException {
    return JSON.readTree(EVENTS.resolve("env.json").toFile());
  }

  private static LocalContext context(String function) {
    return LocalContext.begin(function, Duration.ofMinutes(2), Clock.system(), line -> {});
  }

  private static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
