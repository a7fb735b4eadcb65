package io.tapline.finalizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapline.aws.DeadLetters;
import io.tapline.aws.MemoryDeadLetters;
import io.tapline.aws.MemoryEventBus;
import io.tapline.aws.MemoryEventBus.Event;
import io.tapline.aws.MessageQueue.Message;
import io.tapline.aws.TimeBudget;
import io.tapline.chunk.ChunkMessage;
import io.tapline.clevertap.CallTimes;
import io.tapline.clevertap.Reply;
import io.tapline.function.TestContext;
import io.tapline.job.Arrival;
import io.tapline.job.Installation;
import io.tapline.job.LogLine;
import io.tapline.job.MemoryInstallation;
import io.tapline.job.Opened;
import io.tapline.job.Opening;
import io.tapline.job.Push;
import io.tapline.job.Staging;
import io.tapline.ledger.Job;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FinalizerHandlerTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path ROOT = Path.of("../..");

  private final MemoryInstallation parts = new MemoryInstallation();
  private final Installation installation =
      parts.with(
          (connection, path, json, timeout) -> {
            throw new AssertionError("no chunk is pushed here");
          });
  private final MemoryDeadLetters letters = new MemoryDeadLetters();
  private final MemoryEventBus bus = new MemoryEventBus();
  private final FinalizerHandler handler = new FinalizerHandler("prod", installation, letters, bus);
  private final TestContext context = new TestContext(60_000);

  @Test
  void whereNoJobIsOpenNoneIsClosed() throws IOException {
    assertThat(handler.handleRequest(sampleEvent(), context))
        .isEqualTo(Map.of("closed", List.of()));
    assertThat(context.lines()).isEmpty();
  }

  @Test
  void aJobThatWasStoppedIsClosed() throws IOException {
    Job job = stageEmptyExport();

    assertThat(handler.handleRequest(sampleEvent(), context))
        .isEqualTo(Map.of("closed", List.of(job.id())));

    assertThat(context.lines())
        .containsExactly(
            LogLine.info("closed")
                .with("job", job.id())
                .with("sync", "profiles")
                .with("run", 1)
                .with("status", "STOPPED")
                .with("read", 0)
                .with("accepted", 0)
                .toString());
  }

  @Test
  void aClosedJobIsTold() throws IOException {
    Job job = stageEmptyExport();

    handler.handleRequest(sampleEvent(), context);

    JsonNode metrics = JSON.readTree(context.metrics().getFirst());
    assertThat(context.metrics()).hasSize(1);
    assertThat(metrics.path("Installation").textValue()).isEqualTo("prod");
    assertThat(metrics.path("Sync").textValue()).isEqualTo("profiles");
    assertThat(metrics.path("JobsFailed").intValue()).isEqualTo(1);
    assertThat(bus.events()).extracting(Event::detailType).containsExactly("Tapline Job Finished");
    JsonNode event = JSON.readTree(bus.events().getFirst().detail());
    assertThat(event.path("installation").textValue()).isEqualTo("prod");
    assertThat(event.path("job").textValue()).isEqualTo(job.id());
    assertThat(event.path("run").intValue()).isEqualTo(1);
    assertThat(event.path("status").textValue()).isEqualTo("STOPPED");
    assertThat(parts.store().get(MemoryInstallation.WORK_BUCKET, event.at("/report/key").asText()))
        .isPresent();
  }

  @Test
  void anEventThatCantBePutIsPutTheNextTimeAndNothingElseIsRepeated() throws IOException {
    Job job = stageEmptyExport();
    Map<String, Object> schedule = sampleEvent();
    bus.setDown(true);
    for (int i = 0; i < 2; i++) {
      assertThatIllegalStateException()
          .isThrownBy(() -> handler.handleRequest(schedule, context))
          .withMessage("the bus is down");
    }
    bus.setDown(false);

    assertThat(handler.handleRequest(schedule, context)).isEqualTo(Map.of("closed", List.of()));

    assertThat(bus.events())
        .singleElement()
        .extracting(Event::detail)
        .asString()
        .contains(job.id());
    assertThat(context.lines()).hasSize(1);
    assertThat(context.metrics()).hasSize(1);
    assertThat(parts.ledger().openRuns()).isEmpty();
  }

  /** CleverTap takes three demerges of an account at once, whatever the syncs. */
  @Test
  void aDemergeIsReleasedInTheLanesOfItsAccount() throws IOException {
    Job job =
        stage(
            "demerge",
            """
            "target": "USER_PROFILES", "operation": "DEMERGE_USER_PROFILE", "threadCount": 10
            """,
            IntStream.range(0, 1000)
                .mapToObj(user -> "u" + user + "\n")
                .collect(Collectors.joining("", "identity\n", "")));

    handler.handleRequest(sampleEvent(), context);

    assertThat(parts.queue().messages())
        .hasSizeGreaterThanOrEqualTo(10)
        .allMatch(message -> message.body().contains(job.id()))
        .extracting(Message::group)
        .containsOnly("DEMERGE/ACCOUNT-0", "DEMERGE/ACCOUNT-1", "DEMERGE/ACCOUNT-2");
  }

  @Test
  void aListThatHasToWaitIsLogged() throws IOException {
    Job job =
        stage(
            "list",
            """
            "target": "CUSTOM_LIST",
            "customList": {"name": "VIPs", "userEmail": "a@example.com", "mode": "CREATE_NEW_SEGMENT"}
            """,
            "type,identity\ni,a\n");
    Installation down =
        parts.with((connection, path, json, timeout) -> new Reply.Answer(503, new byte[0], null));
    FinalizerHandler finalizer = new FinalizerHandler("prod", down, letters, bus);
    finalizer.handleRequest(sampleEvent(), context);
    new Push(down, 1)
        .push(
            ChunkMessage.parse(parts.queue().messages().getFirst().body()),
            1,
            TimeBudget.unlimited(parts.clock()),
            new CallTimes());

    assertThat(finalizer.handleRequest(sampleEvent(), context))
        .isEqualTo(Map.of("closed", List.of()));

    assertThat(context.lines())
        .containsExactly(
            LogLine.info("later")
                .with("job", job.id())
                .with("sync", "list")
                .with("reason", "the step URL failed with 503")
                .with("seconds", 5)
                .toString());
  }

  @Test
  void deadLettersAreTakenBeforeTheirRunIsClosed() throws IOException {
    Job job = stageProfiles();
    handler.handleRequest(sampleEvent(), context);
    String message = parts.queue().messages().getFirst().body();
    letters.add("ada@example.org");
    letters.add(message);
    letters.add(message);

    assertThat(handler.handleRequest(sampleEvent(), context))
        .isEqualTo(Map.of("closed", List.of(job.id())));

    assertThat(context.lines())
        .containsExactly(
            LogLine.error("dead message")
                .with("end", "foreign")
                .with("message", "message-1")
                .toString(),
            aboutDeadLetter(LogLine.error("dead message"), "given_up", "message-2", job),
            aboutDeadLetter(LogLine.warn("dead message"), "had_outcome", "message-3", job),
            LogLine.info("closed")
                .with("job", job.id())
                .with("sync", "profiles")
                .with("run", 1)
                .with("status", "FAILED")
                .with("read", 1)
                .with("accepted", 0)
                .toString());
    assertThat(letters.left()).containsExactly("ada@example.org");
    assertThat(context.metrics()).hasSize(3);
    assertThat(JSON.readTree(context.metrics().get(0)).path("DeadChunks").intValue()).isEqualTo(1);
    assertThat(JSON.readTree(context.metrics().get(0)).has("Sync")).isFalse();
    assertThat(JSON.readTree(context.metrics().get(1)).path("DeadChunks").intValue()).isEqualTo(1);
    assertThat(JSON.readTree(context.metrics().get(1)).path("Sync").textValue())
        .isEqualTo("profiles");
  }

  @Test
  void runsAreClosedThoughTheDeadLettersCantBeRead() throws IOException {
    Job job = stageEmptyExport();
    DeadLetters gone =
        new DeadLetters() {
          @Override
          public List<Letter> receive() {
            throw new IllegalStateException("no such queue");
          }

          @Override
          public void delete(String receiptHandle) {}
        };
    FinalizerHandler finalizer = new FinalizerHandler("prod", installation, gone, bus);
    Map<String, Object> event = sampleEvent();

    assertThatIllegalStateException()
        .isThrownBy(() -> finalizer.handleRequest(event, context))
        .withMessage("no such queue");

    assertThat(parts.ledger().job(job.sync(), job.id()).run(1).closed()).isPresent();
  }

  @Test
  void anEnvironmentWithoutADeadLetterQueueIsRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Installation.deadLetters(Map.of("TAPLINE_QUEUE_URL", "url")))
        .withMessage("the environment variable TAPLINE_DEAD_LETTER_QUEUE_URL is not set");
  }

  @Test
  void anEnvironmentWithoutANameIsRefused() {
    assertThatIllegalStateException()
        .isThrownBy(FinalizerHandler::new)
        .withMessage("the environment variable TAPLINE_INSTALLATION is not set");
  }

  private static String aboutDeadLetter(LogLine line, String end, String message, Job job) {
    return line.with("end", end)
        .with("message", message)
        .with("job", job.id())
        .with("sync", job.sync())
        .with("run", 1)
        .with("chunk", "0-0")
        .toString();
  }

  private Job stageProfiles() {
    return stage(
        "profiles",
        "\"target\": \"USER_PROFILES\", \"operation\": \"UPLOAD_USER_PROFILES\", \"threadCount\":"
            + " 1",
        "identity\na\n");
  }

  private Job stageEmptyExport() throws IOException {
    parts
        .ledger()
        .putSyncFile("profiles", Files.readAllBytes(ROOT.resolve("samples/profiles.json")));
    parts.store().put("exports", "exports/profiles/none.csv", new byte[0]);
    Arrival arrival = new Arrival("exports", "exports/profiles/none.csv", null, null);
    return stage(arrival);
  }

  private Job stage(String sync, String settings, String export) {
    String json = "{\"connection\": \"prod\", \"prefix\": \"%s/\", %s}".formatted(sync, settings);
    parts.ledger().putSyncFile(sync, json.getBytes(StandardCharsets.UTF_8));
    parts.store().put("exports", sync + "/1.csv", export.getBytes(StandardCharsets.UTF_8));
    return stage(new Arrival("exports", sync + "/1.csv", null, null));
  }

  private Job stage(Arrival arrival) {
    Job job = ((Opened.Open) new Opening(installation).open(arrival)).job();
    new Staging(installation).stage(job, TimeBudget.unlimited(parts.clock()));
    return job;
  }

  /** As Lambda reads what a schedule sends. */
  @SuppressWarnings("unchecked") // a JSON object is read into a map by text
  private static Map<String, Object> sampleEvent() throws IOException {
    return JacksonFactory.getInstance()
        .getSerializer(Map.class)
        .fromJson(Files.readString(ROOT.resolve("events/schedule-finalizer.json")));
  }
}
