package io.tapline.local;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/**
 * The queue of chunks and its dead-letter queue, both FIFO: a FIFO queue needs a FIFO dead-letter
 * queue.
 *
 * @param url the queue of chunks
 * @param deadLetterUrl where a message goes that was received too often without being deleted
 */
public record Queues(String url, String deadLetterUrl) {

  /** The longest that SQS keeps a message. */
  private static final Duration RETENTION = Duration.ofDays(14);

  /**
   * Makes both queues, or brings existing ones to these settings.
   *
   * @param name without the suffix {@code .fifo}; the dead-letter queue is {@code <name>-dead}
   * @param visibilityTimeout how long a received message stays hidden; whole seconds, at most 12
   *     hours
   * @param maxReceiveCount the receives after which a message goes to the dead-letter queue
   */
  public static Queues open(
      SqsClient sqs, String name, Duration visibilityTimeout, int maxReceiveCount) {
    String deadLetterUrl = openFifo(sqs, name + "-dead.fifo");
    String url = openFifo(sqs, name + ".fifo");
    String retention = Long.toString(RETENTION.toSeconds());
    sqs.setQueueAttributes(
        request ->
            request
                .queueUrl(deadLetterUrl)
                .attributes(Map.of(QueueAttributeName.MESSAGE_RETENTION_PERIOD, retention)));
    String redrivePolicy =
        "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%d}"
            .formatted(arn(sqs, deadLetterUrl), maxReceiveCount);
    sqs.setQueueAttributes(
        request ->
            request
                .queueUrl(url)
                .attributes(
                    Map.of(
                        QueueAttributeName.MESSAGE_RETENTION_PERIOD,
                        retention,
                        QueueAttributeName.VISIBILITY_TIMEOUT,
                        Long.toString(visibilityTimeout.toSeconds()),
                        QueueAttributeName.REDRIVE_POLICY,
                        redrivePolicy)));
    return new Queues(url, deadLetterUrl);
  }

  /** The ARN of the queue at {@code url}. */
  static String arn(SqsClient sqs, String url) {
    String arn =
        sqs.getQueueAttributes(
                request -> request.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    return Objects.requireNonNull(arn, "SQS always gives QueueArn when asked for it");
  }

  /**
   * Creating a queue that exists with other attributes is an error, so the settings are set apart.
   */
  private static String openFifo(SqsClient sqs, String name) {
    try {
      return sqs.getQueueUrl(request -> request.queueName(name)).queueUrl();
    } catch (QueueDoesNotExistException e) {
      return sqs.createQueue(
              request ->
                  request.queueName(name).attributes(Map.of(QueueAttributeName.FIFO_QUEUE, "true")))
          .queueUrl();
    }
  }
}
