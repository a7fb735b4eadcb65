package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tapline.aws.AwsClients;
import io.tapline.aws.EventServer;
import io.tapline.finalizer.FinalizerHandler;
import io.tapline.job.Installation;
import io.tapline.local.standin.StandIn;
import io.tapline.local.standin.StandInOptions;
import io.tapline.splitter.SplitterHandler;
import io.tapline.sync.SecretServer;
import io.tapline.worker.WorkerHandler;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Runs each function from the jar that is deployed of it, in a JVM that has nothing else: what was
 * left out of a jar too much shows here.
 */
class PackedFunctionsTest {

  /** Beyond this a cold start pays more for the jar than for the function. */
  private static final long MOST_BYTES = 12_000_000;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path PROJECT = Path.of("..");
  private static final String EXPORT_BUCKET = "exports";
  private static final String WORK_BUCKET = "work";

  @TempDir Path folder;

  private EmbeddedS3 embeddedS3;
  private EmbeddedSqs embeddedSqs;
  private StandIn cleverTap;
  private SecretServer secrets;
  private EventServer events;
  private HttpServer lambda;
  private final List<String> handedOver = new CopyOnWriteArrayList<>();
  private S3Client s3;
  private SqsClient sqs;
  private Queues queues;
  private String queueUrl;
  private int children;

  @BeforeEach
  void start() throws IOException {
    for (String function : List.of("splitter", "worker", "finalizer")) {
      assumeTrue(
          Files.exists(jar(function)),
          () -> "the jar of the " + function + " is not built; mvn package builds it");
    }
    embeddedS3 = EmbeddedS3.start(folder.resolve("s3"));
    embeddedSqs = EmbeddedSqs.start();
    cleverTap = StandIn.start(StandInOptions.defaults());
    secrets = new SecretServer();
    events = new EventServer();
    lambda = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    lambda.createContext("/", this::takeInvocation);
    lambda.start();
    AwsClients clients =
        AwsClients.at(embeddedS3.endpoint(), embeddedSqs.endpoint(), embeddedS3.credentials());
    s3 = clients.s3();
    sqs = clients.sqs();
    s3.createBucket(request -> request.bucket(EXPORT_BUCKET));
    s3.createBucket(request -> request.bucket(WORK_BUCKET));
    queues = Queues.open(sqs, "chunks", Duration.ofMinutes(12), 100);
    queueUrl = queues.url();
  }

  @AfterEach
  void stop() {
    if (embeddedS3 != null) {
      s3.close();
      sqs.close();
      secrets.close();
      events.close();
      lambda.stop(0);
      cleverTap.close();
      embeddedSqs.close();
      embeddedS3.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"splitter", "worker", "finalizer"})
  void areSmall(String function) throws IOException {
    assertThat(Files.size(jar(function))).isLessThan(MOST_BYTES);
  }

  @Test
  void pushTheSamples() throws Exception {
    secrets.putSecret("tapline/connections/secret", connection());
    secrets.putParameter("/tapline/connections/parameter", "SecureString", connection());
    Path notification =
        arrive("profiles.csv.gz", "secret", "s3-object-created-put.json", "/Records/0/s3");
    Path eventBridge =
        arrive("events.csv", "parameter", "eventbridge-object-created.json", "/detail");

    // Each event twice, as it may be on Lambda.
    List<JsonNode> splits =
        run(
            "splitter",
            SplitterHandler.class,
            List.of(notification, notification, eventBridge, eventBridge));
    List<JsonNode> pushes = run("worker", WorkerHandler.class, queuedEvents());
    List<JsonNode> finishes =
        run(
            "finalizer",
            FinalizerHandler.class,
            List.of(PROJECT.resolve("events/schedule-finalizer.json")));

    assertThat(splits.get(1).at("/0/job")).isEqualTo(splits.get(0).at("/0/job"));
    assertThat(splits.get(3).at("/0/job")).isEqualTo(splits.get(2).at("/0/job"));
    assertThat(pushes).isNotEmpty().allMatch(answer -> answer.path("batchItemFailures").isEmpty());
    assertThat(finishes.getFirst().path("closed")).hasSize(2);
    assertThat(events.entries())
        .hasSize(2)
        .allMatch(entry -> entry.path("DetailType").asText().equals("Tapline Job Finished"));
    assertPushed("profiles.csv.gz", "profiles", splits.get(0).at("/0/job").asText());
    assertPushed("events.csv", "events", splits.get(2).at("/0/job").asText());
  }

  @Test
  void goOnWhenTheTimeIsOver() throws Exception {
    Path event = arrive("profiles.csv.gz", "secret", "s3-object-created-put.json", "/Records/0/s3");

    List<JsonNode> cut =
        run("splitter", SplitterHandler.class, List.of(event), Duration.ofSeconds(10));

    assertThat(cut.getFirst().findValuesAsText("status")).containsExactly("HANDED_OVER");
    assertThat(handedOver).hasSize(1);
    Path goOn = Files.writeString(folder.resolve("go-on.json"), handedOver.getFirst());
    Path sweep = PROJECT.resolve("events/splitter-sweep.json");
    List<JsonNode> splits = run("splitter", SplitterHandler.class, List.of(sweep, goOn, sweep));
    assertThat(splits.get(0)).as("the job is young").isEmpty();
    assertThat(splits.get(1).findValuesAsText("status")).containsExactly("RELEASED");
    assertThat(splits.get(1).at("/0/job")).isEqualTo(cut.getFirst().at("/0/job"));
    assertThat(splits.get(2)).as("the job is staged").isEmpty();
    assertThat(handedOver).hasSize(1);
  }

  @Test
  void closeAJobWhoseMessageIsDead() throws Exception {
    Path event = arrive("profiles.csv.gz", "secret", "s3-object-created-put.json", "/Records/0/s3");
    Path schedule = PROJECT.resolve("events/schedule-finalizer.json");
    run("splitter", SplitterHandler.class, List.of(event));
    queued().forEach(m -> TestQueue.send(sqs, queues.deadLetterUrl(), "dead", m.body()));

    List<JsonNode> finishes = run("finalizer", FinalizerHandler.class, List.of(schedule));

    assertThat(finishes.getFirst().path("closed")).hasSize(1);
  }

  @Test
  void makeASegmentOfAList() throws Exception {
    secrets.putParameter("/tapline/connections/parameter", "SecureString", connection());
    String sync =
        """
        {"connection": "parameter", "prefix": "lists/", "target": "CUSTOM_LIST",
         "customList": {"name": "VIPs", "userEmail": "a@example.com", "mode": "CREATE_NEW_SEGMENT"}}
        """;
    put(WORK_BUCKET, "syncs/list.json", sync.getBytes(StandardCharsets.UTF_8));
    byte[] list = "type,identity\ni,a\ng,b\n".getBytes(StandardCharsets.UTF_8);
    String etag = put(EXPORT_BUCKET, "lists/1.csv", list);
    Path event = event("1.csv", "lists/1.csv", etag, "s3-object-created-put.json", "/Records/0/s3");
    Path schedule = PROJECT.resolve("events/schedule-finalizer.json");

    run("splitter", SplitterHandler.class, List.of(event));
    run("worker", WorkerHandler.class, queuedEvents());
    List<JsonNode> finishes = run("finalizer", FinalizerHandler.class, List.of(schedule));

    assertThat(finishes.getFirst().path("closed")).hasSize(1);
    assertThat(cleverTap.segments()).hasSize(1);
    assertThat(cleverTap.segments().getFirst().isValid()).isTrue();
    assertThat(cleverTap.segments().getFirst().rows()).isEqualTo(2);
  }

  @Test
  void uploadInParts() throws Exception {
    Path event = Files.writeString(folder.resolve("event.json"), "{}");

    List<JsonNode> sizes = run("finalizer", PackedUpload.class, List.of(event));

    assertThat(sizes)
        .containsExactly(JSON.createObjectNode().put("uploads/whole", PackedUpload.BYTES));
  }

  /** As much of Lambda as an asynchronous invocation needs. */
  private void takeInvocation(HttpExchange exchange) throws IOException {
    assertThat(exchange.getRequestURI().getPath()).endsWith(":function:packed/invocations");
    handedOver.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    exchange.sendResponseHeaders(202, -1);
    exchange.close();
  }

  private String connection() {
    return JSON.createObjectNode()
        .put("accountId", cleverTap.accountId())
        .put("passcode", cleverTap.passcode())
        .put("baseUrl", cleverTap.baseUri().toString())
        .toString();
  }

  /**
   * Puts a sample where its sync looks, and tells of it.
   *
   * @param connection the sync's connection in place of the stand-in
   * @param event the file of a sample event
   * @param s3 where in the event the bucket and the object are
   */
  private Path arrive(String file, String connection, String event, String s3) throws IOException {
    String syncFile = expected(file).path("sync").asText();
    ObjectNode sync = (ObjectNode) JSON.readTree(samples().resolve(syncFile).toFile());
    sync.put("connection", connection);
    put(WORK_BUCKET, "syncs/" + syncFile, sync.toString().getBytes(StandardCharsets.UTF_8));
    String key = sync.path("prefix").asText() + file;
    String etag = put(EXPORT_BUCKET, key, Files.readAllBytes(samples().resolve(file)));
    return event(file, key, etag, event, s3);
  }

  /** An event that tells of an object. */
  private Path event(String file, String key, String etag, String event, String s3)
      throws IOException {
    JsonNode json = JSON.readTree(PROJECT.resolve("events").resolve(event).toFile());
    ((ObjectNode) json.at(s3 + "/bucket")).put("name", EXPORT_BUCKET);
    ObjectNode object = (ObjectNode) json.at(s3 + "/object");
    // The embedded S3 keeps no versions. The two kinds of event spell both names differently.
    object.without(List.of("versionId", "version-id"));
    object.put("key", key).put(object.has("eTag") ? "eTag" : "etag", etag);
    return Files.write(folder.resolve(file + "-event.json"), JSON.writeValueAsBytes(json));
  }

  private String put(String bucket, String key, byte[] content) {
    return s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(content))
        .eTag()
        .replace("\"", "");
  }

  /** An event of each message in the queue. */
  private List<Path> queuedEvents() throws IOException {
    SqsEvents events = new SqsEvents(Queues.arn(sqs, queueUrl));
    List<Path> files = new ArrayList<>();
    for (Message message : queued()) {
      Path file = folder.resolve("message-" + files.size() + ".json");
      try (OutputStream json = Files.newOutputStream(file)) {
        LambdaEventSerializers.serializerFor(SQSEvent.class, getClass().getClassLoader())
            .toJson(events.of(message), json);
      }
      files.add(file);
    }
    return files;
  }

  /** The messages in the queue, which are out then. */
  private List<Message> queued() {
    List<Message> queued = new ArrayList<>();
    while (true) {
      List<Message> messages =
          sqs.receiveMessage(
                  request ->
                      request
                          .queueUrl(queueUrl)
                          .maxNumberOfMessages(10)
                          .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
              .messages();
      if (messages.isEmpty()) {
        return queued;
      }
      queued.addAll(messages);
    }
  }

  /** What a function answers to events, one after another, in a JVM of its own. */
  private List<JsonNode> run(String function, Class<?> handler, List<Path> events)
      throws Exception {
    return run(function, handler, events, Duration.ofMinutes(2));
  }

  private List<JsonNode> run(String function, Class<?> handler, List<Path> events, Duration timeout)
      throws Exception {
    children++;
    Path answers = folder.resolve("answers-" + children);
    Path log = folder.resolve("log-" + children);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // As Lambda does.
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-D" + PackedFunction.TIMEOUT_SECONDS + "=" + timeout.toSeconds());
    command.add("-cp");
    command.add(classPath(function));
    command.add(PackedFunction.class.getName());
    command.add(handler.getName());
    events.forEach(event -> command.add(event.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(answers.toFile()).redirectError(log.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment());
    Process child = builder.start();
    try {
      assertThat(child.waitFor(3, TimeUnit.MINUTES)).as("the %s ends", function).isTrue();
    } finally {
      child.destroyForcibly();
    }
    assertThat(child.exitValue()).as(Files.readString(log)).isZero();
    List<JsonNode> answered = new ArrayList<>();
    for (String line : Files.readAllLines(answers)) {
      answered.add(JSON.readTree(line));
    }
    assertThat(answered).hasSameSizeAs(events);
    return answered;
  }

  /** The deployed jar, what drives it, and for typed events what Lambda's own runtime brings. */
  private static String classPath(String function) throws URISyntaxException {
    List<String> path =
        new ArrayList<>(
            List.of(
                jar(function).toString(),
                origin(LocalContext.class),
                origin(PackedFunction.class)));
    if (!function.equals("splitter")) {
      path.add(origin(LambdaEventSerializers.class));
    }
    return String.join(File.pathSeparator, path);
  }

  private static String origin(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  private Map<String, String> environment() {
    return Map.ofEntries(
        Map.entry(Installation.NAME, "packed"),
        Map.entry(Installation.WORK_BUCKET, WORK_BUCKET),
        Map.entry(Installation.EXPORT_BUCKET, EXPORT_BUCKET),
        Map.entry(Installation.QUEUE_URL, queueUrl),
        Map.entry(Installation.DEAD_LETTER_QUEUE_URL, queues.deadLetterUrl()),
        Map.entry("AWS_ENDPOINT_URL_S3", embeddedS3.endpoint().toString()),
        Map.entry("AWS_ENDPOINT_URL_SQS", embeddedSqs.endpoint().toString()),
        Map.entry("AWS_ENDPOINT_URL_LAMBDA", "http://127.0.0.1:" + lambda.getAddress().getPort()),
        Map.entry("AWS_ENDPOINT_URL_EVENTBRIDGE", events.url().toString()),
        Map.entry("AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.url().toString()),
        Map.entry("AWS_ENDPOINT_URL_SSM", secrets.url().toString()),
        Map.entry("AWS_REGION", EmbeddedSqs.REGION),
        Map.entry("AWS_ACCESS_KEY_ID", embeddedS3.credentials().accessKeyId()),
        Map.entry("AWS_SECRET_ACCESS_KEY", embeddedS3.credentials().secretAccessKey()));
  }

  private void assertPushed(String file, String sync, String job) throws IOException {
    JsonNode report =
        JSON.readTree(
            s3.getObjectAsBytes(
                    request ->
                        request
                            .bucket(WORK_BUCKET)
                            .key("jobs/" + sync + "/" + job + "/report.json"))
                .asByteArray());
    Map<String, Integer> codes = new TreeMap<>();
    Map<String, String> badRows = new TreeMap<>();
    for (JsonNode reason : report.path("reasons")) {
      String code = reason.path("code").asText();
      codes.merge(code, reason.path("count").asInt(), Integer::sum);
      reason.path("firstRows").forEach(row -> badRows.put(row.asText(), code));
    }
    JsonNode expected = expected(file);
    expected
        .path("rows")
        .properties()
        .forEach(
            rows ->
                assertThat(report.path("rows").path(rows.getKey()))
                    .as("%s: rows.%s", file, rows.getKey())
                    .isEqualTo(rows.getValue()));
    assertThat(JSON.<JsonNode>valueToTree(codes)).as(file).isEqualTo(expected.path("codes"));
    assertThat(JSON.<JsonNode>valueToTree(badRows)).as(file).isEqualTo(expected.path("badRows"));
  }

  private static JsonNode expected(String file) throws IOException {
    return JSON.readTree(samples().resolve("expected.json").toFile()).path(file);
  }

  private static Path samples() {
    return PROJECT.resolve("samples");
  }

  private static Path jar(String function) {
    return PROJECT.resolve("functions/%s/target/tapline-%1$s.jar".formatted(function));
  }
}
