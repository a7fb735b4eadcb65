package io.tapline.aws;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** A queue of SQS itself, or of whatever speaks its protocol. */
public final class SqsMessageQueue implements MessageQueue {

  private final Lazy<SqsClient> sqs;
  private final String queueUrl;

  /** The queue at this URL; closing the client is its owner's. */
  public SqsMessageQueue(SqsClient sqs, String queueUrl) {
    this(() -> sqs, queueUrl);
  }

  /**
   * The queue at this URL.
   *
   * @param sqs makes the client at its first use: most cold starts of a worker need none
   */
  public SqsMessageQueue(Supplier<SqsClient> sqs, String queueUrl) {
    this.sqs = new Lazy<>(sqs);
    this.queueUrl = queueUrl;
  }

  @Override
  public List<Message> send(List<Message> batch) {
    List<SendMessageBatchRequestEntry> entries = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      Message message = batch.get(i);
      entries.add(
          SendMessageBatchRequestEntry.builder()
              .id(Integer.toString(i))
              .messageBody(message.body())
              .messageGroupId(message.group())
              .messageDeduplicationId(message.deduplicationId())
              .build());
    }
    return sqs
        .get()
        .sendMessageBatch(request -> request.queueUrl(queueUrl).entries(entries))
        .failed()
        .stream()
        .map(BatchResultErrorEntry::id)
        .map(Integer::valueOf)
        .sorted()
        .map(batch::get)
        .toList();
  }

  @Override
  public void changeVisibility(String receiptHandle, Duration timeout) {
    sqs.get()
        .changeMessageVisibility(
            request ->
                request
                    .queueUrl(queueUrl)
                    .receiptHandle(receiptHandle)
                    .visibilityTimeout(Math.toIntExact(timeout.toSeconds())));
  }
}
