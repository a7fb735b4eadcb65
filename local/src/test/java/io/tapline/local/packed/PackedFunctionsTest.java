package io.tapline.local.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapline.aws.Clock;
import io.tapline.job.Redrives;
import io.tapline.ledger.Job;
import io.tapline.ledger.OpenRun;
import io.tapline.local.standin.Faults;
import io.tapline.local.standin.StandIn;
import io.tapline.local.standin.StandInOptions;
import io.tapline.local.template.Template;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Runs each function from the jar that is deployed of it, by Lambda's own runtime: what was left
 * out of a jar too much, or what Lambda would read in another way, shows here. What the functions
 * call on the way is held against their roles in the end.
 */
class PackedFunctionsTest {

  /** Beyond this a cold start pays more for the jar than for the function. */
  private static final long MOST_BYTES = 12_000_000;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path SAMPLES = Path.of("..", "samples");
  private static final String PUT_EVENT = "s3-object-created-put.json";
  private static final String SWEEP_EVENT = "splitter-sweep.json";

  @TempDir static Path folder;

  private static StandIn cleverTap;
  private static StandIn busyCleverTap;
  private static PackedInstallation stack;
  private static PackedServices services;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(
        System.getProperty("os.name").equals("Linux"), "Lambda's runtime is made for Linux only");
    Template template = Template.read();
    for (String function : List.of("SplitterFunction", "WorkerFunction", "FinalizerFunction")) {
      assumeTrue(
          PackedCode.deployed(template, function).isBuilt(),
          () -> "the jar of " + function + " is not built; mvn package builds it");
    }
    cleverTap = StandIn.start(StandInOptions.defaults());
    busyCleverTap = StandIn.start(StandInOptions.builder().faults(Faults.parse("429=#1")).build());
    stack = new PackedInstallation(folder);
    services = stack.services();
    services.secrets().putSecret("tapline/connections/secret", connection(cleverTap));
    services.secrets().putSecret("tapline/connections/busy", connection(busyCleverTap));
    services
        .secrets()
        .putParameter("/tapline/connections/parameter", "SecureString", connection(cleverTap));
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      stack.close();
      busyCleverTap.close();
      cleverTap.close();
    }
  }

  private static String connection(StandIn cleverTap) {
    return JSON.createObjectNode()
        .put("accountId", cleverTap.accountId())
        .put("passcode", cleverTap.passcode())
        .put("baseUrl", cleverTap.baseUri().toString())
        .toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SplitterFunction", "WorkerFunction", "FinalizerFunction"})
  void areSmall(String function) throws IOException {
    assertThat(Files.size(PackedCode.deployed(services.template(), function).jar()))
        .isLessThan(MOST_BYTES);
  }

  @Test
  void takeEachSampleEvent() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("..", "events"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> !name.equals("env.json"))
          .containsExactlyInAnyOrder(
              PUT_EVENT,
              "s3-object-created-multipart.json",
              "eventbridge-object-created.json",
              SWEEP_EVENT,
              "sqs-chunk.json",
              "schedule-finalizer.json");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "put,          s3-object-created-put.json,       false, secret,    profiles.csv.gz",
    "multipart,    s3-object-created-multipart.json, false, parameter, events.csv",
    "event-bridge, eventbridge-object-created.json,  false, secret,    events.jsonl.gz",
    "detail-text,  eventbridge-object-created.json,  true,  parameter, profiles.csv.gz",
  })
  void pushAnExport(
      String name, String eventFile, boolean detailAsText, String connection, String sample)
      throws Exception {
    String prefix = "exports/" + name + "/";
    JsonNode expected = JSON.readTree(SAMPLES.resolve("expected.json").toFile()).path(sample);
    ObjectNode sync =
        (ObjectNode) JSON.readTree(SAMPLES.resolve(expected.path("sync").asText()).toFile());
    services.putSync(name, sync.put("connection", connection).put("prefix", prefix));
    String key =
        prefix + "VIP caf\u00e9 customers A+B 100%" + sample.substring(sample.indexOf('.'));
    String etag = services.putExport(key, Files.readAllBytes(SAMPLES.resolve(sample)));
    ObjectNode event = PackedServices.s3Event(eventFile, key, etag);
    if (detailAsText) {
      event.put("detail", event.path("detail").toString());
    }

    JsonNode split = stack.splitter().answer(event);
    // An event may come twice.
    JsonNode again = stack.splitter().answer(event);
    List<Message> undone = stack.work();
    List<String> closed = stack.finish();

    String job = split.at("/0/job").asText();
    assertThat(split.at("/0/key").asText()).isEqualTo(key);
    assertThat(split.at("/0/status").asText()).isEqualTo("RELEASED");
    assertThat(again.at("/0/job").asText()).isEqualTo(job);
    assertThat(undone).isEmpty();
    assertThat(closed).containsExactly(job);
    assertReport(report(name, job), expected);
    assertThat(services.events().entries())
        .filteredOn(entry -> entry.path("Detail").asText().contains(job))
        .singleElement()
        .matches(entry -> entry.path("DetailType").asText().equals("Tapline Job Finished"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"detail\": {}}", "1", "[]"})
  void finalizerTakesAnyEvent(String event) throws Exception {
    assertThat(stack.finalizer().answer(JSON.readTree(event)).has("closed")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "splitter  | {\"source\": \"aws.health\"} | an event of S3",
        "splitter  | {\"Records\": []}            | an event of S3",
        "worker    | {\"Records\": 1}             | an event of SQS",
        "worker    | 1                            | an event of SQS",
      })
  void goOnBehindABrokenEvent(String name, String broken, String message) throws Exception {
    PackedFunction function = stack.function(name);
    JsonNode next =
        PackedServices.event(
            switch (name) {
              case "splitter" -> SWEEP_EVENT;
              default -> "sqs-chunk.json";
            });
    if (name.equals("worker")) {
      // Its job is not there.
      assertThat(function.error(next).path("errorMessage").asText()).contains("no job");
      ((ArrayNode) next.path("Records")).removeAll();
    }

    assertThat(function.error(JSON.readTree(broken)).path("errorMessage").asText())
        .contains(message);
    assertThat(function.answer(next)).isNotNull();
  }

  @Test
  void goOnWhenTheTimeIsOver() throws Exception {
    putProfileSync("slow", "secret", "");
    ObjectNode event = arrive("slow", "identity,city\na,Oslo\n");

    JsonNode cut = stack.splitter().answer(event, Duration.ofSeconds(10));
    List<JsonNode> handovers = services.takeHandovers();
    JsonNode early = stack.splitter().answer(PackedServices.event(SWEEP_EVENT));
    JsonNode rest = stack.splitter().answer(handovers.getFirst());

    assertThat(cut.findValuesAsText("status")).containsExactly("HANDED_OVER");
    assertThat(handovers).hasSize(1);
    assertThat(early).as("the job is young").isEmpty();
    assertThat(rest.findValuesAsText("status")).containsExactly("RELEASED");
    assertThat(rest.at("/0/job")).isEqualTo(cut.at("/0/job"));
    assertThat(stack.work()).isEmpty();
    assertThat(stack.finish()).containsExactly(cut.at("/0/job").asText());
  }

  /** As Treasure Data does it: at the same key. */
  @Test
  void keepTheTypesOfAnEarlierExport() throws Exception {
    putProfileSync("typed", "secret", "");
    ObjectNode event = arrive("typed", "identity,code\na,007\n");
    // Two exports of one second have no order.
    services.ageExport("exports/typed/1.csv");
    String first = stack.splitter().answer(event).at("/0/job").asText();
    String second = split("typed", "identity,code\na,8\n");

    assertThat(stack.work()).isEmpty();
    assertThat(stack.finish()).containsExactly(first, second);
    assertThat(report("typed", second).at("/columns").findValuesAsText("type"))
        .containsExactly("string", "string");
  }

  @Test
  void sweepUpWhatWasLost() throws Exception {
    putProfileSync(
        "lost", "secret", "\"since\": \"2020-01-01T00:00:00Z\", \"expectEvery\": \"1h\",");
    arrive("lost", "identity,city\na,Oslo\n");
    services.ageExport("exports/lost/1.csv");
    String dead = "20261101T000000Z-0123456789abcdef";
    services.ledger().putOpen(new OpenRun("lost", dead, 1));
    services.ageWork("open/lost/" + dead + "/1");

    JsonNode swept = stack.splitter().answer(PackedServices.event(SWEEP_EVENT));
    List<JsonNode> handovers = services.takeHandovers();

    assertThat(swept.findValuesAsText("status")).containsExactly("HANDED_OVER");
    assertThat(services.ledger().isOpen(new OpenRun("lost", dead, 1))).isFalse();
    assertThat(stack.splitter().answer(handovers.getFirst()).findValuesAsText("status"))
        .containsExactly("RELEASED");
    assertThat(stack.work()).isEmpty();
    assertThat(stack.finish()).containsExactly(swept.at("/0/job").asText());
  }

  @Test
  void pushAnExportThatWasStoppedOnceItsSyncIsRight() throws Exception {
    putProfileSync("strict", "secret", "");
    ObjectNode event = arrive("strict", "identity,Email\na,a@example.com\nb,nonsense\n");
    JsonNode stopped = stack.splitter().answer(event);
    String job = stopped.at("/0/job").asText();
    List<String> closed = stack.finish();
    putProfileSync("strict", "secret", "\"skipOnInvalidRecord\": true,");
    redrives().restage(job("strict", job));

    stack.splitter().answer(PackedServices.event(SWEEP_EVENT));
    stack.splitter().answer(services.takeHandovers().getFirst());
    List<Message> undone = stack.work();
    List<String> closedAgain = stack.finish();

    assertThat(stopped.at("/0/status").asText()).isEqualTo("STOPPED");
    assertThat(closed).containsExactly(job);
    assertThat(undone).isEmpty();
    assertThat(closedAgain).containsExactly(job + "-2");
    assertThat(services.ledger().restages()).isEmpty();
  }

  @Test
  void redriveAChunkThatWasGivenUp() throws Exception {
    putProfileSync("busy", "busy", "\"retry\": {\"attempts\": 1},");
    String job = split("busy", "identity,city\na,Oslo\n");
    List<Message> waiting = stack.work();
    waiting.forEach(services::giveUp);

    List<String> givenUp = stack.finish();
    JsonNode failed = report("busy", job);
    redrives().ask(job("busy", job), false, false);
    List<String> redriven = stack.finish();
    List<Message> undone = stack.work();
    List<String> closed = stack.finish();

    assertThat(waiting).hasSize(1);
    assertThat(givenUp).containsExactly(job);
    assertThat(failed.at("/rows/failed").asInt()).isOne();
    assertThat(redriven).as("the chunk is only queued").isEmpty();
    assertThat(undone).isEmpty();
    assertThat(closed).containsExactly(job);
    assertThat(report("busy", job).at("/rows/accepted").asInt()).isOne();
  }

  @Test
  void makeASegmentOfAList() throws Exception {
    services.putSync(
        "list",
        """
        {"connection": "parameter", "prefix": "exports/list/", "target": "CUSTOM_LIST",
         "customList": {"name": "VIPs", "userEmail": "a@example.com", "mode": "CREATE_NEW_SEGMENT"}}
        """);
    String job = split("list", "type,identity\ni,a\ng,b\n");

    List<Message> undone = stack.work();
    List<String> closed = stack.finish();

    assertThat(undone).isEmpty();
    assertThat(closed).containsExactly(job);
    assertThat(cleverTap.segments()).hasSize(1);
    assertThat(cleverTap.segments().getFirst().isValid()).isTrue();
    assertThat(cleverTap.segments().getFirst().rows()).isEqualTo(2);
  }

  /**
   * More rejected rows than one part of an upload holds, and a chunk that is not there at first.
   */
  @Test
  void uploadInParts() throws Exception {
    putProfileSync("big", "secret", "\"threadCount\": 1, \"skipOnInvalidRecord\": true,");
    String tooLong = "x".repeat(900_000);
    String rows =
        IntStream.range(0, 14)
            .mapToObj(i -> i + "," + tooLong + "\n")
            .collect(Collectors.joining("", "identity,note\n", ""));
    String job = split("big", rows);
    List<Message> undone = stack.work();
    String lastChunk = "jobs/big/" + job + "/chunks/0-3.gz";
    byte[] chunk = services.getWork(lastChunk);
    services.deleteWork(lastChunk);
    JsonNode schedule = PackedServices.event("schedule-finalizer.json");

    stack.finalizer().error(schedule);
    services.putWork(lastChunk, chunk);
    List<String> closed = stack.finish();

    assertThat(undone).isEmpty();
    assertThat(closed).containsExactly(job);
    assertThat(services.getWork("jobs/big/" + job + "/rejects.csv")).hasSizeGreaterThan(12_000_000);
    assertThat(stack.finalizer().calls())
        .extracting(AwsCall::operation)
        .contains("AbortMultipartUpload", "CompleteMultipartUpload");
  }

  /** Nested tests come behind the others: these look at what the functions did in all of them. */
  @Nested
  class InTheEnd {

    @ParameterizedTest
    @ValueSource(strings = {"splitter", "worker", "finalizer"})
    void eachCallIsAllowed(String function) throws IOException {
      Role role = Role.of(services.template(), function);

      assertThat(permissions(function)).filteredOn(needed -> !role.allows(needed)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"splitter", "worker", "finalizer"})
    void nothingElseIsAllowed(String function) throws IOException {
      List<Permission> used = permissions(function);

      assertThat(Role.of(services.template(), function).grants())
          .filteredOn(grant -> !UsedByLambda.covers(function, grant))
          .filteredOn(grant -> used.stream().noneMatch(grant::allows))
          .isEmpty();
    }

    /**
     * Lambda writes texts into a line of its own, where CloudWatch finds neither metrics nor names.
     * Of the lines here only its own, about errors, are of that kind.
     */
    @ParameterizedTest
    @ValueSource(strings = {"splitter", "worker", "finalizer"})
    void eachLineOfTheLogIsOneObject(String function) throws IOException {
      List<JsonNode> lines = new ArrayList<>();
      for (String line : stack.function(function).log()) {
        lines.add(JSON.readTree(line));
      }

      assertThat(lines).isNotEmpty().allMatch(JsonNode::isObject);
      assertThat(lines)
          .filteredOn(line -> !line.has("what") && !line.has("_aws"))
          .allMatch(line -> line.path("level").asText().equals("ERROR"));
      assertThat(lines)
          .filteredOn(line -> line.has("what"))
          .allMatch(line -> line.has("level") && line.has("timestamp") && line.has("AWSRequestId"));
      assertThat(lines)
          .extracting(line -> line.path("message").asText())
          .noneMatch(message -> message.startsWith("{"));
    }

    private List<Permission> permissions(String function) throws IOException {
      return stack.function(function).calls().stream()
          .flatMap(call -> call.permissions().stream())
          .distinct()
          .toList();
    }
  }

  /**
   * A sync of profiles whose exports are at {@code exports/<name>/}.
   *
   * @param settings more settings, each with a comma behind it
   */
  private static void putProfileSync(String name, String connection, String settings) {
    services.putSync(
        name,
        """
        {%s "connection": "%s", "prefix": "exports/%s/",
         "target": "USER_PROFILES", "operation": "UPLOAD_USER_PROFILES"}
        """
            .formatted(settings, connection, name));
  }

  /** Puts an export where a sync looks, and makes an event of it. */
  private static ObjectNode arrive(String sync, String csv) throws IOException {
    String key = "exports/" + sync + "/1.csv";
    String etag = services.putExport(key, csv.getBytes(StandardCharsets.UTF_8));
    return PackedServices.s3Event(PUT_EVENT, key, etag);
  }

  /** Lets an export arrive and be split; its job. */
  private static String split(String sync, String csv) throws Exception {
    JsonNode split = stack.splitter().answer(arrive(sync, csv));
    assertThat(split.at("/0/status").asText()).as(split.toString()).isEqualTo("RELEASED");
    return split.at("/0/job").asText();
  }

  private static Redrives redrives() {
    return new Redrives(services.ledger(), Clock.system());
  }

  private static Job job(String sync, String job) {
    return services.ledger().job(sync, job).job().orElseThrow();
  }

  private static JsonNode report(String sync, String job) throws IOException {
    return JSON.readTree(services.getWork("jobs/" + sync + "/" + job + "/report.json"));
  }

  private static void assertReport(JsonNode report, JsonNode expected) {
    Map<String, Integer> codes = new TreeMap<>();
    Map<String, String> badRows = new TreeMap<>();
    for (JsonNode reason : report.path("reasons")) {
      String code = reason.path("code").asText();
      codes.merge(code, reason.path("count").asInt(), Integer::sum);
      reason.path("firstRows").forEach(row -> badRows.put(row.asText(), code));
    }
    expected
        .path("rows")
        .properties()
        .forEach(
            rows ->
                assertThat(report.path("rows").path(rows.getKey()))
                    .as("rows.%s", rows.getKey())
                    .isEqualTo(rows.getValue()));
    assertThat(JSON.<JsonNode>valueToTree(codes)).isEqualTo(expected.path("codes"));
    assertThat(JSON.<JsonNode>valueToTree(badRows)).isEqualTo(expected.path("badRows"));
  }
}
