package io.tapline.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapline.aws.ForwardingStore;
import io.tapline.aws.MemoryQueue.Hidden;
import io.tapline.aws.MessageQueue;
import io.tapline.aws.ObjectStore;
import io.tapline.aws.ObjectVersion;
import io.tapline.aws.TimeBudget;
import io.tapline.chunk.ChunkId;
import io.tapline.chunk.ChunkMessage;
import io.tapline.clevertap.CleverTapApi;
import io.tapline.clevertap.Reply;
import io.tapline.function.TestContext;
import io.tapline.job.Installation;
import io.tapline.job.MemoryInstallation;
import io.tapline.job.Staging;
import io.tapline.ledger.Job;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.Outcome;
import io.tapline.sync.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerHandlerTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path ROOT = Path.of("../..");

  /** The job of the sample event. */
  private static final String JOB = "20261124T101500Z-0123456789abcdef";

  private static final String SYNC = "profiles";
  private static final int LANES = 5;
  private static final int MAX_RECEIVES = 100;

  private final MemoryInstallation parts = new MemoryInstallation();
  private final JobLedger ledger = parts.ledger().job(SYNC, JOB);
  private final TestContext context = new TestContext(120_000);

  @BeforeEach
  void stage() throws IOException {
    parts
        .store()
        .put(
            "exports",
            "profiles.csv.gz",
            Files.readAllBytes(ROOT.resolve("samples/profiles.csv.gz")));
    ObjectVersion export = parts.store().head("exports", "profiles.csv.gz", null).orElseThrow();
    Job job =
        new Job(
            JOB,
            SYNC,
            export,
            JSON.readTree(ROOT.resolve("samples/profiles.json").toFile()),
            LANES,
            Instant.parse("2026-11-24T10:15:00Z"));
    ledger.putJob(job);
    Installation installation = parts.with(WorkerHandlerTest::takesAll);
    new Staging(installation).stage(job, TimeBudget.unlimited(parts.clock()));
  }

  @Test
  void theSampleEventIsPushed() throws IOException {
    SQSEvent event = sampleEvent();
    SQSMessage message = event.getRecords().getFirst();
    ChunkMessage chunk = ChunkMessage.parse(message.getBody());
    assertThat(message.getAttributes())
        .containsEntry("MessageGroupId", chunk.group(chunk.sync()))
        .containsEntry("MessageDeduplicationId", chunk.deduplicationId());

    assertThat(failures(handle(WorkerHandlerTest::takesAll, event))).isEmpty();

    assertThat(outcome(0).rows().accepted()).isPositive();
    assertThat(context.lines()).isEmpty();
  }

  /** The calls of each receive count, whatever comes of them, and none that an earlier one made. */
  @ParameterizedTest
  @CsvSource({"200, 1, 0", "429, 3, 3", "503, 3, 0", "500, 3, 0", "401, 2, 0"})
  void callsAreMetricsOfTheirSync(int status, int calls, int throttles) throws IOException {
    CleverTapApi cleverTap =
        (connection, path, json, timeout) -> {
          parts.clock().sleep(Duration.ofMillis(120));
          return status == 200
              ? takesAll(connection, path, json, timeout)
              : new Reply.Answer(status, new byte[0], null);
        };
    SQSEvent event = event(message(0, "a"));

    for (int receive = 0; receive < 2; receive++) {
      try {
        handle(cleverTap, event);
      } catch (OutageException e) {
        // That it is one is another test's.
      }
    }

    assertThat(context.metrics()).hasSize(status == 200 || status == 401 ? 1 : 2);
    for (String line : context.metrics()) {
      JsonNode metrics = JSON.readTree(line);
      assertThat(metrics.path("Installation").textValue()).isEqualTo("prod");
      assertThat(metrics.path("Sync").textValue()).isEqualTo(SYNC);
      assertThat(metrics.path("Calls").intValue()).isEqualTo(calls);
      assertThat(metrics.path("Throttles").intValue()).isEqualTo(throttles);
      assertThat(metrics.path("CallLatency")).hasSize(calls).allMatch(ms -> ms.intValue() == 120);
    }
  }

  @Test
  void callsCountThoughTheOutcomeCantBeWritten() throws IOException {
    ObjectStore full =
        new ForwardingStore(parts.store()) {
          @Override
          public boolean putIfAbsent(String bucket, String key, byte[] content) {
            throw new IllegalStateException("S3 takes nothing");
          }
        };
    Installation good = parts.with(WorkerHandlerTest::takesAll);
    Installation installation =
        new Installation(
            full,
            new Ledger(full, MemoryInstallation.WORK_BUCKET),
            good.queue(),
            good.connections(),
            good.cleverTap(),
            good.clock());
    SQSEvent event = event(message(0, "a"));

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                new WorkerHandler("prod", installation, MAX_RECEIVES)
                    .handleRequest(event, context));

    assertThat(context.metrics()).singleElement().asString().contains("\"Calls\":1");
  }

  @Test
  void aChunkWithAnOutcomeIsDone() throws IOException {
    handle(WorkerHandlerTest::takesAll, sampleEvent());

    assertThat(failures(handle(answering(503), sampleEvent()))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, 5", "2, 10", "5, 80", "50, 300"})
  void aThrottledChunkWaitsLongerEachTime(int receives, long seconds) throws IOException {
    SQSMessage message = message(0, "a");
    message.getAttributes().put("ApproximateReceiveCount", String.valueOf(receives));

    assertThat(failures(handle(answering(429), event(message)))).containsExactly("a");

    assertThat(parts.queue().hidden())
        .containsExactly(new Hidden("handle-a", Duration.ofSeconds(seconds)));
    assertThat(ledger.run(1).outcomes()).isEmpty();
    assertThat(context.lines())
        .singleElement()
        .asString()
        .contains("\"what\":\"later\"", JOB, "\"chunk\":\"0-0\"", "\"receives\":" + receives)
        .doesNotContain("@");
  }

  @Test
  void anOutageIsThrownOnceTheMessageIsHidden() throws IOException {
    SQSEvent event = event(message(0, "a"), message(1, "b"));

    assertThatExceptionOfType(OutageException.class)
        .isThrownBy(() -> handle(answering(503), event));

    assertThat(parts.queue().hidden())
        .containsExactly(new Hidden("handle-a", Duration.ofSeconds(5)));
  }

  @Test
  void theLastReceiveEndsInAnOutcome() throws IOException {
    SQSMessage message = message(0, "a");
    message.getAttributes().put("ApproximateReceiveCount", "100");

    assertThat(failures(handle(answering(429), event(message)))).isEmpty();

    assertThat(outcome(0).rows().failed()).isPositive();
  }

  @Test
  void behindAMessageThatWaitsItsGroupWaits() throws IOException {
    SQSEvent event = event(broken("a", "profiles-0"), message(1, "b"), message(0, "c"));

    assertThat(failures(handle(WorkerHandlerTest::takesAll, event))).containsExactly("a", "c");

    assertThat(ledger.run(1).outcomes()).containsExactly(new ChunkId(1, 0));
  }

  @Test
  void aMessageOfSomethingElseIsReportedWithoutItsContent() throws IOException {
    assertThat(failures(handle(WorkerHandlerTest::takesAll, event(broken("a", "g")))))
        .containsExactly("a");

    assertThat(context.lines())
        .containsExactly("{\"level\":\"ERROR\",\"what\":\"no chunk message\",\"message\":\"a\"}");
  }

  @Test
  void aMessageThatCantBeHiddenIsReportedAllTheSame() throws IOException {
    MessageQueue gone =
        new MessageQueue() {
          @Override
          public List<Message> send(List<Message> batch) {
            return batch;
          }

          @Override
          public void changeVisibility(String receiptHandle, Duration timeout) {
            throw new IllegalStateException("the receipt handle has expired");
          }
        };
    WorkerHandler handler =
        new WorkerHandler("prod", parts.with(answering(429), gone), MAX_RECEIVES);

    assertThat(failures(handler.handleRequest(event(message(0, "a")), context)))
        .containsExactly("a");

    assertThat(context.lines()).hasSize(2).last().asString().contains("not hidden");
  }

  @Test
  void aHundredReceivesAreAllowedWhereNothingIsSaid() {
    assertThat(WorkerHandler.maxReceives(Map.of())).isEqualTo(100);
    assertThat(WorkerHandler.maxReceives(Map.of("TAPLINE_MAX_RECEIVES", "7"))).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "1001", "many"})
  void aNumberOfReceivesThatNoQueueHasIsRefused(String value) {
    assertThatIllegalStateException()
        .isThrownBy(() -> WorkerHandler.maxReceives(Map.of("TAPLINE_MAX_RECEIVES", value)))
        .withMessage("TAPLINE_MAX_RECEIVES is \"%s\"; it must be 1 to 1000", value);
  }

  @Test
  void anEnvironmentWithoutANameIsRefused() {
    assertThatIllegalStateException()
        .isThrownBy(WorkerHandler::new)
        .withMessage("the environment variable TAPLINE_INSTALLATION is not set");
  }

  private SQSBatchResponse handle(CleverTapApi cleverTap, SQSEvent event) {
    return new WorkerHandler("prod", parts.with(cleverTap), MAX_RECEIVES)
        .handleRequest(event, context);
  }

  private Outcome outcome(int lane) {
    return ledger.run(1).outcome(new ChunkId(lane, 0)).orElseThrow();
  }

  private static List<String> failures(SQSBatchResponse response) {
    return response.getBatchItemFailures().stream()
        .map(BatchItemFailure::getItemIdentifier)
        .toList();
  }

  private static Reply takesAll(Connection connection, String path, byte[] json, Duration timeout) {
    try {
      int records = JSON.readTree(json).path("d").size();
      return new Reply.Answer(
          200,
          JSON.writeValueAsBytes(
              Map.of("status", "success", "processed", records, "unprocessed", List.of())),
          null);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static CleverTapApi answering(int status) {
    return (connection, path, json, timeout) -> new Reply.Answer(status, new byte[0], null);
  }

  private static SQSEvent event(SQSMessage... messages) {
    SQSEvent event = new SQSEvent();
    event.setRecords(List.of(messages));
    return event;
  }

  private static SQSMessage message(int lane, String id) throws IOException {
    ChunkMessage chunk = ChunkMessage.of(SYNC, JOB, 1, new ChunkId(lane, 0));
    return message(id, chunk.toJson(), chunk.group(chunk.sync()));
  }

  private static SQSMessage broken(String id, String group) throws IOException {
    return message(id, "ada@example.org", group);
  }

  private static SQSMessage message(String id, String body, String group) throws IOException {
    SQSMessage message = sampleEvent().getRecords().getFirst();
    message.setMessageId(id);
    message.setReceiptHandle("handle-" + id);
    message.setBody(body);
    Map<String, String> attributes = new HashMap<>(message.getAttributes());
    attributes.put("MessageGroupId", group);
    message.setAttributes(attributes);
    return message;
  }

  private static SQSEvent sampleEvent() throws IOException {
    return LambdaEventSerializers.serializerFor(
            SQSEvent.class, WorkerHandlerTest.class.getClassLoader())
        .fromJson(Files.readString(ROOT.resolve("events/sqs-chunk.json")));
  }
}
