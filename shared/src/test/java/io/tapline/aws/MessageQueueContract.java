package io.tapline.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapline.aws.MessageQueue.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every FIFO queue does, seen from both sides. Its messages are dead after two receives. */
abstract class MessageQueueContract {

  static final int MAX_RECEIVES = 2;

  private final Sides sides = sides();
  private final MessageQueue queue = sides.queue();

  /** A message that was handed out. */
  record Received(String body, String group, String receiptHandle, int receives) {}

  /** A queue from both sides. */
  interface Sides {

    MessageQueue queue();

    /** The next message; empty when none can be seen. */
    Optional<Received> receive();

    void delete(String receiptHandle);

    /** The bodies of the dead letters. */
    List<String> deadLetters();
  }

  /** A new, empty queue. */
  abstract Sides sides();

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
      Received received = receiveOne();
      bodies.add(received.body());
      sides.delete(received.receiptHandle());
    }

    assertThat(bodies).isEqualTo(messages.stream().map(Message::body).toList());
    assertThat(sides.receive()).isEmpty();
  }

  @Test
  void takesAtMostTenMessagesAtOnce() {
    List<Message> eleven =
        IntStream.range(0, 11).mapToObj(i -> message("body", "lane", "id-" + i)).toList();

    assertThatThrownBy(() -> queue.send(eleven)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void dropsASecondMessageOfTheSameId() {
    queue.send(List.of(message("first", "lane", "same")));
    queue.send(List.of(message("second", "lane", "same")));

    Received received = receiveOne();
    sides.delete(received.receiptHandle());

    assertThat(received.body()).isEqualTo("first");
    assertThat(sides.receive()).isEmpty();
  }

  @Test
  void dropsASecondMessageOfTheSameIdAfterTheFirstIsDeleted() {
    queue.send(List.of(message("first", "lane", "same")));
    sides.delete(receiveOne().receiptHandle());

    queue.send(List.of(message("second", "lane", "same")));

    assertThat(sides.receive()).isEmpty();
  }

  @Test
  void aGroupWaitsForItsMessageThatIsOut() {
    queue.send(List.of(message("a1", "a", "1"), message("b1", "b", "2"), message("a2", "a", "3")));

    List<String> out = new ArrayList<>();
    for (Optional<Received> next = sides.receive(); next.isPresent(); next = sides.receive()) {
      out.add(next.get().body());
    }

    assertThat(out).containsExactlyInAnyOrder("a1", "b1");
  }

  @Test
  void saysOfAMessageItsGroupAndHowOftenItWasReceived() {
    queue.send(List.of(message("body", "lane", "id")));

    Received first = receiveOne();
    queue.changeVisibility(first.receiptHandle(), Duration.ZERO);
    Received second = receiveOne();

    assertThat(first.group()).isEqualTo("lane");
    assertThat(List.of(first.receives(), second.receives())).containsExactly(1, 2);
    assertThat(second.receiptHandle()).isNotEqualTo(first.receiptHandle());
  }

  @Test
  void aMessageThatComesAgainComesBeforeTheNextOfItsGroup() {
    queue.send(List.of(message("first", "lane", "1"), message("second", "lane", "2")));

    queue.changeVisibility(receiveOne().receiptHandle(), Duration.ZERO);

    assertThat(receiveOne().body()).isEqualTo("first");
  }

  @Test
  void aMessageStaysHiddenForAsLongAsAsked() {
    queue.send(List.of(message("body", "lane", "id")));

    queue.changeVisibility(receiveOne().receiptHandle(), Duration.ofHours(12));

    assertThat(sides.receive()).isEmpty();
  }

  @Test
  void aMessageThatWasHandedOutTooOftenIsDeadAndTheNextOneGoesOn() {
    queue.send(List.of(message("first", "lane", "1"), message("second", "lane", "2")));

    for (int i = 0; i < MAX_RECEIVES; i++) {
      queue.changeVisibility(receiveOne().receiptHandle(), Duration.ZERO);
    }

    assertThat(receiveOne().body()).isEqualTo("second");
    assertThat(sides.deadLetters()).containsExactly("first");
  }

  static Message message(String body, String group, String id) {
    return new Message(body, group, id);
  }

  /** A receive that meets a dead letter may come back without the next message. */
  private Received receiveOne() {
    return sides.receive().or(sides::receive).orElseThrow();
  }
}
