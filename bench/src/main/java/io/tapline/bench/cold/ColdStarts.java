package io.tapline.bench.cold;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapline.bench.data.GeneratedText;
import io.tapline.bench.data.Shape;
import io.tapline.bench.data.TextForm;
import io.tapline.bench.task.Figures;
import io.tapline.local.packed.PackedCode;
import io.tapline.local.packed.PackedFunction;
import io.tapline.local.packed.PackedServices;
import io.tapline.local.packed.TaskFolder;
import io.tapline.local.standin.StandIn;
import io.tapline.local.standin.StandInOptions;
import io.tapline.local.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Pushes small exports with a cold start of each function on the way, each beside one of {@link
 * SameCallsHandler}. All run from the unpacked jars in Lambda's own runtime, with the options that
 * the template says.
 */
public final class ColdStarts implements AutoCloseable {

  /** Seconds from the start of the process to the function's first call that is of use. */
  public static final String FIRST_CALL = "firstCall";

  /** Seconds from the start of the process to the answer to its first event. */
  public static final String ANSWER = "answer";

  /** Seconds of processor time that its process has used when it answers. */
  public static final String PROCESSOR = "processor";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SYNC = "cold";
  private static final int ROWS = 100;

  private static final String SETTINGS =
      """
      {"connection": "%1$s", "prefix": "exports/%1$s/", "target": "USER_PROFILES",
       "operation": "UPLOAD_USER_PROFILES", "threadCount": 1, "skipOnInvalidRecord": true}
      """
          .formatted(SYNC);

  private static final String EXPORT_BUCKET =
      Objects.requireNonNull(
          Template.read().environment("SplitterFunction").get("TAPLINE_EXPORT_BUCKET"));

  private final Path folder;
  private final FirstCall firstCall = new FirstCall();
  private final Map<ColdFunction, TaskFolder> deployed = new EnumMap<>(ColdFunction.class);
  private final Map<ColdFunction, TaskFolder> sameCalls = new EnumMap<>(ColdFunction.class);
  private final PackedServices services;
  private final StandIn cleverTap;
  private int starts;
  private int exports;

  /**
   * Starts the services, and each function once, so that the services are warm and it is known what
   * the functions call.
   *
   * @param folder an empty one
   */
  public ColdStarts(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    services =
        new PackedServices(folder.resolve("s3"), store -> new WatchedStore(store, this::answered));
    cleverTap =
        StandIn.start(
            StandInOptions.builder()
                .recorder((kind, record) -> firstCall.happen(ColdFunction.WORKER))
                .build());
    services
        .secrets()
        .putSecret(
            "tapline/connections/" + SYNC,
            JSON.createObjectNode()
                .put("accountId", cleverTap.accountId())
                .put("passcode", cleverTap.passcode())
                .put("baseUrl", cleverTap.baseUri().toString())
                .toString());
    services.putSync(SYNC, SETTINGS);
    round();
  }

  /** Whether the jars of the functions are there, as {@code mvn package} makes them. */
  public static boolean isBuilt() {
    Template template = Template.read();
    return Stream.of(ColdFunction.values())
        .allMatch(function -> PackedCode.deployed(template, function.logicalId()).isBuilt());
  }

  private void answered(String bucket) {
    firstCall.happen(ColdFunction.FINALIZER);
    if (bucket.equals(EXPORT_BUCKET)) {
      firstCall.happen(ColdFunction.SPLITTER);
    }
  }

  /**
   * Pushes one more export.
   *
   * @return figures by {@link #nameOf} and {@link #nameOfSameCalls}
   */
  public Map<String, Figures> round() throws IOException, InterruptedException {
    Map<String, Figures> figures = new LinkedHashMap<>();
    JsonNode split = start(ColdFunction.SPLITTER, arrive(), figures);
    require(split.at("/0/status").asText().equals("RELEASED"), split);
    Message message = receive();
    JsonNode pushed = start(ColdFunction.WORKER, PackedServices.sqsEvent(message), figures);
    require(pushed.path("batchItemFailures").isEmpty(), pushed);
    services.delete(message);
    JsonNode finished =
        start(ColdFunction.FINALIZER, PackedServices.event("schedule-finalizer.json"), figures);
    require(finished.at("/closed/0").equals(split.at("/0/job")), finished);
    return figures;
  }

  private static void require(boolean isRight, JsonNode answer) {
    if (!isRight) {
      throw new IllegalStateException("unexpected answer of a function: " + answer);
    }
  }

  /** The message of the splitter; those of the handler with the same calls are thrown away. */
  private Message receive() {
    while (true) {
      Message message = services.receive().orElseThrow();
      if (!message.body().equals(SqsCalls.BODY)) {
        return message;
      }
      services.delete(message);
    }
  }

  /** An export arrives; its event. */
  private ObjectNode arrive() throws IOException {
    exports++;
    String key = "exports/%s/%d.csv".formatted(SYNC, exports);
    GeneratedText text = new GeneratedText(Shape.PROFILES, TextForm.CSV, ROWS);
    String etag = services.putExport(key, text.read(0, Math.toIntExact(text.size())));
    ObjectNode event = PackedServices.s3Event("s3-object-created-put.json", key, etag);
    // The embedded S3 keeps no versions.
    ((ObjectNode) event.at("/Records/0/s3/object")).remove("versionId");
    return event;
  }

  /** Starts a function for one event, and the handler with the same calls behind it. */
  private JsonNode start(ColdFunction function, JsonNode event, Map<String, Figures> figures)
      throws IOException, InterruptedException {
    TaskFolder task = deployed.get(function);
    if (task == null) {
      return startFirst(function, event);
    }
    JsonNode answer;
    try (PackedFunction started = start(function, task)) {
      answer = measure(started, event, figures, nameOf(function));
    }
    try (PackedFunction started =
        start(function, Objects.requireNonNull(sameCalls.get(function)))) {
      measure(started, event, figures, nameOfSameCalls(function));
    }
    return answer;
  }

  /** The first time what a function calls is written down, and its times are not to be used. */
  private JsonNode startFirst(ColdFunction function, JsonNode event)
      throws IOException, InterruptedException {
    PackedCode code = PackedCode.deployed(services.template(), function.logicalId());
    deployed.put(function, unpack(code, function + "-task"));
    try (PackedFunction started =
        start(function, unpack(code.recorded(), function + "-recorded-task"))) {
      JsonNode answer = started.answer(event);
      PackedCode same =
          SameCallsCode.write(
              code,
              SameCallsCode.lines(function, started.calls(), cleverTap),
              folder.resolve(function + ".jar"));
      sameCalls.put(function, unpack(same, function + "-same-calls-task"));
      return answer;
    }
  }

  private TaskFolder unpack(PackedCode code, String name) throws IOException {
    return TaskFolder.unpack(code, folder.resolve(name));
  }

  private PackedFunction start(ColdFunction function, TaskFolder task) throws IOException {
    firstCall.expect(function);
    return PackedFunction.start(task, services.environment(function.logicalId()), newFolder());
  }

  private Path newFolder() throws IOException {
    starts++;
    return Files.createDirectory(folder.resolve("start-" + starts));
  }

  private JsonNode measure(
      PackedFunction function, JsonNode event, Map<String, Figures> figures, String name)
      throws IOException, InterruptedException {
    JsonNode answer = function.answer(event);
    long answered = System.nanoTime();
    figures.put(
        name,
        new Figures(
            Map.of(
                FIRST_CALL,
                seconds(firstCall.at() - function.startedAt()),
                ANSWER,
                seconds(answered - function.startedAt()),
                PROCESSOR,
                seconds(function.processorTime().toNanos()))));
    return answer;
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }

  /** The name of a function's figures. */
  public static String nameOf(ColdFunction function) {
    return function.name().toLowerCase(Locale.ROOT);
  }

  /** The name of the figures of the handler that makes the same calls. */
  public static String nameOfSameCalls(ColdFunction function) {
    return nameOf(function) + ", same calls only";
  }

  @Override
  public void close() {
    cleverTap.close();
    services.close();
  }
}
