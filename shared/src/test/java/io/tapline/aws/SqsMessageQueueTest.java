package io.tapline.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.aws.MessageQueue.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

class SqsMessageQueueTest {

  private final SqsClient sqs = LoopbackAws.sqs();
  private final String url = LoopbackAws.newQueue();
  private final MessageQueue queue = new SqsMessageQueue(sqs, url);

  @Test
  void handsOutAGroupInTheOrderInWhichItWasSent() {
    List<Message> messages =
        IntStream.range(0, 25).mapToObj(i -> message("body " + i, "lane", "id-" + i)).toList();
    for (int from = 0; from < messages.size(); from += MessageQueue.MAX_BATCH) {
      int to = Math.min(from + MessageQueue.MAX_BATCH, messages.size());
      assertThat(queue.send(messages.subList(from, to))).isEmpty();
    }

    List<String> bodies = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      var received = receiveOne();
      bodies.add(received.body());
      delete(received.receiptHandle());
    }

    assertThat(bodies).isEqualTo(messages.stream().map(Message::body).toList());
    assertThat(receive()).isEmpty();
  }

  @Test
  void dropsASecondMessageOfTheSameId() {
    queue.send(List.of(message("first", "lane", "same")));
    queue.send(List.of(message("second", "lane", "same")));

    var received = receiveOne();
    delete(received.receiptHandle());

    assertThat(received.body()).isEqualTo("first");
    assertThat(receive()).isEmpty();
  }

  @Test
  void aGroupWaitsForItsMessageThatIsOut() {
    queue.send(List.of(message("a1", "a", "1"), message("b1", "b", "2"), message("a2", "a", "3")));

    assertThat(receive())
        .extracting(
            received -> received.attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID))
        .contains("a");
    assertThat(receive().stream().map(m -> m.body())).doesNotContain("a2");
  }

  @Test
  void aMessageThatIsNotHiddenAnyLongerIsHandedOutAgain() {
    queue.send(List.of(message("body", "lane", "id")));
    String receipt = receiveOne().receiptHandle();
    assertThat(receive()).isEmpty();

    queue.changeVisibility(receipt, Duration.ZERO);

    assertThat(receiveOne().body()).isEqualTo("body");
  }

  @Test
  void aMessageStaysHiddenForAsLongAsAsked() {
    queue.send(List.of(message("body", "lane", "id")));
    String receipt = receiveOne().receiptHandle();

    queue.changeVisibility(receipt, Duration.ofHours(12));

    assertThat(receive()).isEmpty();
  }

  private static Message message(String body, String group, String id) {
    return new Message(body, group, id);
  }

  private software.amazon.awssdk.services.sqs.model.Message receiveOne() {
    return sqs.receiveMessage(
            request -> request.queueUrl(url).maxNumberOfMessages(1).waitTimeSeconds(5))
        .messages()
        .getFirst();
  }

  private List<software.amazon.awssdk.services.sqs.model.Message> receive() {
    return sqs.receiveMessage(
            request ->
                request
                    .queueUrl(url)
                    .maxNumberOfMessages(1)
                    .messageSystemAttributeNames(MessageSystemAttributeName.MESSAGE_GROUP_ID))
        .messages();
  }

  private void delete(String receipt) {
    sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle(receipt));
  }
}
