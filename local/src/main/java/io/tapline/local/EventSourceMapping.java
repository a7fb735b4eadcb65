package io.tapline.local;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Plays Lambda's event source mapping of an SQS queue on one machine: batch size 1, at most {@code
 * maximumConcurrency} invocations at once, each on a thread of its own that receives, invokes and
 * deletes. A message whose item failed or whose invocation threw stays in the queue until its
 * visibility timeout ends. After a thrown error fewer slots poll, one more again after each
 * success.
 *
 * <p>Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html">Using Lambda with
 *     Amazon SQS</a>
 */
public final class EventSourceMapping implements AutoCloseable {

  /** Of slots that found the queue empty. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private static final Duration PAUSE_AFTER_FAILED_CALL = Duration.ofSeconds(1);

  private final SqsClient sqs;
  private final String queueUrl;
  private final LocalFunction<SQSEvent, SQSBatchResponse> function;
  private final SqsEvents events;
  private final PollRate rate;
  private final IdleSlots idleSlots = new IdleSlots(BETWEEN_LOOKS);
  private final AtomicInteger running = new AtomicInteger();
  private final List<Thread> slots = new ArrayList<>();

  private EventSourceMapping(
      SqsClient sqs,
      String queueUrl,
      LocalFunction<SQSEvent, SQSBatchResponse> function,
      int maximumConcurrency) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
    this.function = function;
    this.events = new SqsEvents(Queues.arn(sqs, queueUrl));
    this.rate = new PollRate(maximumConcurrency);
  }

  /**
   * Starts to poll.
   *
   * @param sqs stays open until the mapping is closed, and is closed by its owner; its pool must
   *     hold a connection per slot
   * @param maximumConcurrency 2 to 15: Lambda allows no fewer, CleverTap no more
   */
  public static EventSourceMapping start(
      SqsClient sqs,
      String queueUrl,
      LocalFunction<SQSEvent, SQSBatchResponse> function,
      int maximumConcurrency) {
    if (maximumConcurrency < 2 || maximumConcurrency > 15) {
      throw new IllegalArgumentException(
          "maximumConcurrency is %d; it must be 2 to 15".formatted(maximumConcurrency));
    }
    EventSourceMapping mapping =
        new EventSourceMapping(sqs, queueUrl, function, maximumConcurrency);
    for (int i = 0; i < maximumConcurrency; i++) {
      int slot = i;
      mapping.slots.add(
          Thread.ofPlatform()
              .name(function.name() + "-" + slot)
              .daemon()
              .start(() -> mapping.poll(slot)));
    }
    return mapping;
  }

  /**
   * Whether nothing is left to do: no invocation runs, and the queue holds no message, visible, in
   * flight or delayed. Messages in the dead-letter queue do not count.
   */
  public boolean idle() {
    // The queue first: a message that leaves it between the two looks is still running in the
    // second.
    return queued() == 0 && running.get() == 0;
  }

  /** How many invocations run now. */
  public int running() {
    return running.get();
  }

  /**
   * Stops polling and waits for the running invocations, for each at most the function's timeout. A
   * message that arrives meanwhile goes back to the queue at once. An interrupt ends the wait and
   * stays set on the thread.
   */
  @Override
  public void close() {
    rate.close();
    idleSlots.close();
    Duration bound = function.timeout().plus(PAUSE_AFTER_FAILED_CALL);
    for (Thread slot : slots) {
      try {
        slot.join(bound);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void poll(int slot) {
    while (rate.await(slot)) {
      try {
        Optional<Message> message = receive();
        if (message.isPresent()) {
          idleSlots.found();
          take(message.get());
        } else {
          idleSlots.pause();
        }
      } catch (RuntimeException e) {
        // Not only SdkException: some of the SDK's HTTP clients let UncheckedIOException through.
        if (!rate.isClosed()) {
          function.sink().accept("A call to the queue failed: " + e);
          function.clock().sleep(PAUSE_AFTER_FAILED_CALL);
        }
      }
    }
  }

  /**
   * Looks once. A long poll would be asked of AWS; the embedded SQS, as long as one waits while
   * messages lie behind others of their group, looks for some without a pause, which took nine
   * tenths of the processor time of a push on one lane.
   */
  private Optional<Message> receive() {
    return sqs
        .receiveMessage(
            request ->
                request
                    .queueUrl(queueUrl)
                    .maxNumberOfMessages(1)
                    .waitTimeSeconds(0)
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
        .messages()
        .stream()
        .findFirst();
  }

  private void take(Message message) {
    if (rate.isClosed()) {
      sqs.changeMessageVisibility(
          request ->
              request
                  .queueUrl(queueUrl)
                  .receiptHandle(message.receiptHandle())
                  .visibilityTimeout(0));
      return;
    }
    running.incrementAndGet();
    try {
      if (succeeds(message)) {
        sqs.deleteMessage(
            request -> request.queueUrl(queueUrl).receiptHandle(message.receiptHandle()));
      }
    } finally {
      running.decrementAndGet();
    }
  }

  /** Invokes the function; whatever it throws ends the invocation, never the slot. */
  private boolean succeeds(Message message) {
    try {
      SQSBatchResponse response = function.invoke(events.of(message));
      rate.succeeded();
      return !hasFailure(response);
    } catch (Throwable e) {
      rate.failed();
      function.sink().accept("The invocation of %s threw: %s".formatted(function.name(), e));
      return false;
    }
  }

  private static boolean hasFailure(@Nullable SQSBatchResponse response) {
    return response != null
        && response.getBatchItemFailures() != null
        && !response.getBatchItemFailures().isEmpty();
  }

  private long queued() {
    Map<QueueAttributeName, String> counts =
        sqs.getQueueAttributes(
                request ->
                    request
                        .queueUrl(queueUrl)
                        .attributeNames(
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
            .attributes();
    return counts.values().stream().mapToLong(Long::parseLong).sum();
  }
}
