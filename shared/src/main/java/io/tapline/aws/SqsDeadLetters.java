package io.tapline.aws;

import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The dead-letter queue of an SQS queue, or of whatever speaks SQS's protocol. */
public final class SqsDeadLetters implements DeadLetters {

  private final SqsClient sqs;
  private final String queueUrl;

  /** The dead-letter queue at this URL; closing the client is its owner's. */
  public SqsDeadLetters(SqsClient sqs, String queueUrl) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
  }

  @Override
  public List<Letter> receive() {
    return sqs
        .receiveMessage(
            request -> request.queueUrl(queueUrl).maxNumberOfMessages(MessageQueue.MAX_BATCH))
        .messages()
        .stream()
        .map(message -> new Letter(message.messageId(), message.body(), message.receiptHandle()))
        .toList();
  }

  @Override
  public void delete(String receiptHandle) {
    sqs.deleteMessage(request -> request.queueUrl(queueUrl).receiptHandle(receiptHandle));
  }
}
