package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.tapline.aws.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

@Timeout(60)
class EventSourceMappingTest {

  private static EmbeddedSqs server;
  private static SqsClient sqs;
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
  private Queues queues;

  @BeforeAll
  static void start() {
    server = EmbeddedSqs.start();
    sqs = TestQueue.client(server);
  }

  @AfterAll
  static void stop() {
    sqs.close();
    server.close();
  }

  @BeforeEach
  void openQueues() {
    queues = Queues.open(sqs, "test-" + COUNT.incrementAndGet(), Duration.ofSeconds(30), 3);
  }

  @Test
  void theEventIsWhatLambdaSends() throws InterruptedException {
    BlockingQueue<SQSEvent> events = new LinkedBlockingQueue<>();
    send("lane-1", "{\"chunk\":1}");

    try (EventSourceMapping mapping = start(2, (event, context) -> accept(events, event))) {
      SQSEvent event = events.take();

      assertThat(event.getRecords()).hasSize(1);
      SQSMessage message = event.getRecords().getFirst();
      assertThat(message.getBody()).isEqualTo("{\"chunk\":1}");
      assertThat(message.getMd5OfBody()).isEqualTo("5aab61b217dff949339fb18468a918cf");
      assertThat(message.getMessageId()).isNotEmpty();
      assertThat(message.getReceiptHandle()).isNotEmpty();
      assertThat(message.getEventSource()).isEqualTo("aws:sqs");
      assertThat(message.getEventSourceArn())
          .startsWith("arn:aws:sqs:us-east-1:000000000000:")
          .endsWith(".fifo");
      assertThat(message.getAwsRegion()).isEqualTo("us-east-1");
      assertThat(message.getMessageAttributes()).isEmpty();
      assertThat(message.getAttributes())
          .containsEntry("ApproximateReceiveCount", "1")
          .containsEntry("MessageGroupId", "lane-1")
          .containsKeys(
              "MessageDeduplicationId",
              "SequenceNumber",
              "SentTimestamp",
              "ApproximateFirstReceiveTimestamp");
      waitUntil(mapping::idle);
    }
  }

  @Test
  void messagesOfALaneRunOneAfterAnotherInOrder() {
    Map<String, List<Integer>> lanes = new ConcurrentHashMap<>();
    ConcurrentLinkedQueue<String> overlaps = new ConcurrentLinkedQueue<>();
    Map<String, Boolean> busy = new ConcurrentHashMap<>();
    for (int i = 0; i < 20; i++) {
      for (int lane = 0; lane < 5; lane++) {
        send("lane-" + lane, Integer.toString(i));
      }
    }

    try (EventSourceMapping mapping =
        start(
            10,
            (event, context) -> {
              SQSMessage message = event.getRecords().getFirst();
              String lane = message.getAttributes().get("MessageGroupId");
              if (busy.put(lane, true) != null) {
                overlaps.add(lane);
              }
              lanes
                  .computeIfAbsent(lane, key -> new ArrayList<>())
                  .add(Integer.valueOf(message.getBody()));
              busy.remove(lane);
              return null;
            })) {
      waitUntil(mapping::idle);
    }

    assertThat(overlaps).isEmpty();
    assertThat(lanes).hasSize(5);
    assertThat(lanes.values()).allSatisfy(lane -> assertThat(lane).hasSize(20).isSorted());
  }

  @Test
  void noMoreInvocationsRunThanTheMaximum() throws InterruptedException {
    CountDownLatch both = new CountDownLatch(2);
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    for (int lane = 0; lane < 6; lane++) {
      send("lane-" + lane, "x");
    }

    try (EventSourceMapping mapping =
        start(
            2,
            (event, context) -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              both.countDown();
              await(release);
              running.decrementAndGet();
              return null;
            })) {
      both.await();
      assertThat(mapping.running()).isEqualTo(2);
      assertThat(mapping.idle()).isFalse();
      release.countDown();
      waitUntil(mapping::idle);
    }

    assertThat(most).hasValue(2);
  }

  @Test
  void aFailedItemComesBackWhenTheHandlerSaysSo() {
    List<String> receives = new ArrayList<>();
    send("lane", "retried");

    try (EventSourceMapping mapping =
        start(
            2,
            (event, context) -> {
              SQSMessage message = event.getRecords().getFirst();
              receives.add(message.getAttributes().get("ApproximateReceiveCount"));
              if (receives.size() == 2) {
                return new SQSBatchResponse(List.of());
              }
              showAgain(message);
              return failure(message);
            })) {
      waitUntil(mapping::idle);
    }

    assertThat(receives).containsExactly("1", "2");
    assertThat(log).isEmpty();
  }

  @Test
  void aFailedItemStaysHiddenUntilItsVisibilityTimeoutEnds() throws InterruptedException {
    CountDownLatch invoked = new CountDownLatch(1);
    send("lane", "kept");

    try (EventSourceMapping mapping =
        start(
            2,
            (event, context) -> {
              invoked.countDown();
              return failure(event.getRecords().getFirst());
            })) {
      invoked.await();
      waitUntil(() -> mapping.running() == 0);

      assertThat(mapping.idle()).isFalse();
    }
  }

  @Test
  void aMessageWhoseInvocationsThrowEndsInTheDeadLetterQueue() {
    send("lane", "poison");

    try (EventSourceMapping mapping =
        start(
            2,
            (event, context) -> {
              showAgain(event.getRecords().getFirst());
              throw new IllegalStateException("the database is away");
            })) {
      waitUntil(mapping::idle);
    }

    assertThat(log)
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).contains("worker", "the database is away"));
    assertThat(receive(queues.deadLetterUrl())).extracting(Message::body).containsExactly("poison");
  }

  @Test
  void anErrorOfTheHandlerDoesNotEndTheSlot() {
    AtomicInteger calls = new AtomicInteger();
    for (int lane = 0; lane < 5; lane++) {
      send("lane-" + lane, "x");
    }

    try (EventSourceMapping mapping =
        start(
            2,
            (event, context) -> {
              calls.incrementAndGet();
              SQSMessage message = event.getRecords().getFirst();
              if (message.getAttributes().get("ApproximateReceiveCount").equals("1")) {
                showAgain(message);
                throw new NoClassDefFoundError("io/tapline/Missing");
              }
              return null;
            })) {
      waitUntil(mapping::idle);
    }

    assertThat(calls).hasValue(10);
  }

  @Test
  void closingWaitsForTheRunningInvocationAndTakesNoOther() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    ConcurrentLinkedQueue<String> done = new ConcurrentLinkedQueue<>();
    send("lane", "first");
    send("lane", "second");
    EventSourceMapping mapping =
        start(
            2,
            (event, context) -> {
              begun.countDown();
              await(release);
              done.add(event.getRecords().getFirst().getBody());
              return null;
            });
    begun.await();

    Thread closing = Thread.ofVirtual().start(mapping::close);
    while (closing.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    release.countDown();
    closing.join();

    assertThat(done).containsExactly("first");
    assertThat(receive(queues.url())).extracting(Message::body).containsExactly("second");
  }

  @Test
  void aPollThatFailsIsReportedAndTriedAgain() throws InterruptedException {
    EmbeddedSqs mortal = EmbeddedSqs.start();
    try (SqsClient client = TestQueue.client(mortal)) {
      String url = Queues.open(client, "mortal", Duration.ofSeconds(30), 3).url();
      try (EventSourceMapping mapping =
          EventSourceMapping.start(client, url, worker((event, context) -> null), 2)) {
        mortal.close();

        for (int report = 0; report < 4; report++) {
          assertThat(log.take()).startsWith("A call to the queue failed");
        }
        assertThat(mapping.running()).isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16})
  void concurrencyIsTwoToFifteen(int maximumConcurrency) {
    assertThatThrownBy(() -> start(maximumConcurrency, (event, context) -> null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maximumConcurrency is %d; it must be 2 to 15", maximumConcurrency);
  }

  private EventSourceMapping start(
      int maximumConcurrency, RequestHandler<SQSEvent, SQSBatchResponse> handler) {
    return EventSourceMapping.start(sqs, queues.url(), worker(handler), maximumConcurrency);
  }

  private LocalFunction<SQSEvent, SQSBatchResponse> worker(
      RequestHandler<SQSEvent, SQSBatchResponse> handler) {
    return new LocalFunction<>("worker", handler, Duration.ofMinutes(1), Clock.system(), log::add);
  }

  private void send(String lane, String body) {
    TestQueue.send(sqs, queues.url(), lane, body);
  }

  private void showAgain(SQSMessage message) {
    sqs.changeMessageVisibility(
        request ->
            request
                .queueUrl(queues.url())
                .receiptHandle(message.getReceiptHandle())
                .visibilityTimeout(0));
  }

  private static SQSBatchResponse accept(BlockingQueue<SQSEvent> events, SQSEvent event) {
    events.add(event);
    return null;
  }

  private static SQSBatchResponse failure(SQSMessage message) {
    return new SQSBatchResponse(List.of(new BatchItemFailure(message.getMessageId())));
  }

  private static List<Message> receive(String url) {
    return sqs.receiveMessage(request -> request.queueUrl(url)).messages();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void waitUntil(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Clock.system().sleep(Duration.ofMillis(20));
    }
  }
}
