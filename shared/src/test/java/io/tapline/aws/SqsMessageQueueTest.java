package io.tapline.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The queue over an SQS on loopback. */
class SqsMessageQueueTest extends MessageQueueContract {

  @Override
  Sides sides() {
    SqsClient sqs = LoopbackAws.sqs();
    String deadUrl = LoopbackAws.newQueue();
    String url = LoopbackAws.newQueue();
    String deadArn =
        sqs.getQueueAttributes(
                request -> request.queueUrl(deadUrl).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    String redrivePolicy =
        "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%d}".formatted(deadArn, MAX_RECEIVES);
    sqs.setQueueAttributes(
        request ->
            request
                .queueUrl(url)
                .attributes(Map.of(QueueAttributeName.REDRIVE_POLICY, redrivePolicy)));
    return new SqsSides(sqs, url, deadUrl);
  }

  private record SqsSides(SqsClient sqs, String url, String deadUrl) implements Sides {

    @Override
    public MessageQueue queue() {
      return new SqsMessageQueue(sqs, url);
    }

    @Override
    public Optional<Received> receive() {
      return receive(url).stream()
          .map(
              message ->
                  new Received(
                      message.body(),
                      message.attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID),
                      message.receiptHandle(),
                      Integer.parseInt(
                          message
                              .attributes()
                              .get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT))))
          .findFirst();
    }

    @Override
    public void delete(String receiptHandle) {
      sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle(receiptHandle));
    }

    @Override
    public List<String> deadLetters() {
      return receive(deadUrl).stream().map(Message::body).toList();
    }

    private List<Message> receive(String from) {
      return sqs.receiveMessage(
              request ->
                  request
                      .queueUrl(from)
                      .maxNumberOfMessages(1)
                      .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
          .messages();
    }
  }
}
