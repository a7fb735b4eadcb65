package io.tapline.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.aws.DeadLetters.Letter;
import io.tapline.aws.MessageQueue.Message;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SqsDeadLettersTest {

  private final String url = LoopbackAws.newQueue();
  private final MessageQueue queue = new SqsMessageQueue(LoopbackAws.sqs(), url);
  private final DeadLetters letters = new SqsDeadLetters(LoopbackAws.sqs(), url);

  @Test
  void areNoneWhereNoMessageDied() {
    assertThat(letters.receive()).isEmpty();
  }

  @Test
  void comeATimeInTheOrderOfTheirGroup() {
    List<String> bodies = IntStream.range(0, 12).mapToObj(i -> "body-" + i).toList();
    send(bodies.subList(0, 10));
    send(bodies.subList(10, 12));

    List<Letter> first = letters.receive();
    assertThat(first).extracting(Letter::body).isEqualTo(bodies.subList(0, 10));
    assertThat(letters.receive()).as("the group is out").isEmpty();
    first.forEach(letter -> letters.delete(letter.receiptHandle()));

    assertThat(letters.receive()).extracting(Letter::body).isEqualTo(bodies.subList(10, 12));
  }

  private void send(List<String> bodies) {
    assertThat(queue.send(bodies.stream().map(body -> new Message(body, "lane", body)).toList()))
        .isEmpty();
  }
}
