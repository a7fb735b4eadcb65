package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class QueuesTest {

  private static EmbeddedSqs server;
  private static SqsClient sqs;

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

  @Test
  void bothQueuesAreFifo() {
    Queues queues = Queues.open(sqs, "made", Duration.ofSeconds(90), 7);

    assertThat(queues.url()).endsWith("/made.fifo");
    assertThat(queues.deadLetterUrl()).endsWith("/made-dead.fifo");
    assertThat(attributes(queues.url()))
        .containsEntry(QueueAttributeName.FIFO_QUEUE, "true")
        .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "90")
        .hasEntrySatisfying(
            QueueAttributeName.REDRIVE_POLICY,
            policy -> assertThat(policy).contains(":made-dead.fifo\"").contains("7"));
    assertThat(attributes(queues.deadLetterUrl()))
        .containsEntry(QueueAttributeName.FIFO_QUEUE, "true");
  }

  @Test
  void existingQueuesKeepTheirMessagesAndTakeTheNewSettings() {
    Queues first = Queues.open(sqs, "kept", Duration.ofSeconds(90), 7);
    TestQueue.send(sqs, first.url(), "group", "waiting");

    Queues second = Queues.open(sqs, "kept", Duration.ofSeconds(30), 2);

    assertThat(second).isEqualTo(first);
    assertThat(attributes(second.url()))
        .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "30")
        .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "1");
  }

  @Test
  void aMessageReceivedTooOftenGoesToTheDeadLetterQueue() {
    Queues queues = Queues.open(sqs, "dead", Duration.ZERO, 2);
    TestQueue.send(sqs, queues.url(), "group", "poison");

    assertThat(receive(queues.url())).hasSize(1);
    assertThat(receive(queues.url())).hasSize(1);
    assertThat(receive(queues.url())).isEmpty();
    assertThat(receive(queues.deadLetterUrl())).extracting(Message::body).containsExactly("poison");
  }

  private static List<Message> receive(String url) {
    return sqs.receiveMessage(request -> request.queueUrl(url)).messages();
  }

  private static Map<QueueAttributeName, String> attributes(String url) {
    return sqs.getQueueAttributes(
            request -> request.queueUrl(url).attributeNames(QueueAttributeName.ALL))
        .attributes();
  }
}
