package io.tapline.local.chaos;

import io.tapline.aws.Clock;
import io.tapline.aws.MemoryQueue.Received;
import io.tapline.aws.SqsMessageQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * An SQS queue in virtual time: it hides a message for as long as it can, and shows it again when
 * its time has come by the clock of the run. For the tasks of one timeline, which run one at a
 * time.
 */
final class SqsChunkQueue implements ChunkQueue {

  /** The longest that SQS can hide a message; no run takes so long. */
  static final Duration REAL_VISIBILITY = Duration.ofHours(12);

  private final SqsClient sqs;
  private final String url;
  private final Clock clock;
  private final SqsMessageQueue queue;
  private final Map<String, Instant> hiddenUntil = new HashMap<>();

  SqsChunkQueue(SqsClient sqs, String url, Clock clock) {
    this.sqs = sqs;
    this.url = url;
    this.clock = clock;
    this.queue = new SqsMessageQueue(sqs, url);
  }

  @Override
  public List<Message> send(List<Message> batch) {
    return queue.send(batch);
  }

  @Override
  public void changeVisibility(String receiptHandle, Duration timeout) {
    hiddenUntil.computeIfPresent(receiptHandle, (receipt, before) -> clock.instant().plus(timeout));
  }

  @Override
  public Optional<Received> receive() {
    showWhatIsHiddenNoLonger();
    Optional<Received> received =
        sqs
            .receiveMessage(
                request ->
                    request
                        .queueUrl(url)
                        .maxNumberOfMessages(1)
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
            .messages()
            .stream()
            .findFirst()
            .map(SqsChunkQueue::received);
    received.ifPresent(
        message ->
            hiddenUntil.put(
                message.receiptHandle(), clock.instant().plus(VirtualLambda.VISIBILITY_TIMEOUT)));
    return received;
  }

  @Override
  public void delete(String receiptHandle) {
    if (hiddenUntil.remove(receiptHandle) != null) {
      sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle(receiptHandle));
    }
  }

  @Override
  public boolean isEmpty() {
    return sqs
        .getQueueAttributes(
            request ->
                request
                    .queueUrl(url)
                    .attributeNames(
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
        .attributes()
        .values()
        .stream()
        .allMatch("0"::equals);
  }

  private void showWhatIsHiddenNoLonger() {
    Instant now = clock.instant();
    hiddenUntil
        .entrySet()
        .removeIf(hidden -> !now.isBefore(hidden.getValue()) && show(hidden.getKey()));
  }

  private boolean show(String receiptHandle) {
    queue.changeVisibility(receiptHandle, Duration.ZERO);
    return true;
  }

  private static Received received(software.amazon.awssdk.services.sqs.model.Message message) {
    Map<MessageSystemAttributeName, String> attributes = message.attributes();
    return new Received(
        new Message(
            message.body(),
            attributes.getOrDefault(MessageSystemAttributeName.MESSAGE_GROUP_ID, ""),
            attributes.getOrDefault(MessageSystemAttributeName.MESSAGE_DEDUPLICATION_ID, "")),
        message.messageId(),
        message.receiptHandle(),
        Integer.parseInt(
            attributes.getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1")));
  }
}
