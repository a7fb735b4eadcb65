package io.tapline.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The queue in memory; what it does with time is tested here, where time passes at will. */
class MemoryQueueTest extends MessageQueueContract {

  private static final Duration VISIBILITY_TIMEOUT = Duration.ofMinutes(12);

  private final SetClock clock = new SetClock();
  private final MemoryQueue queue = new MemoryQueue(clock, VISIBILITY_TIMEOUT, MAX_RECEIVES);

  @Override
  Sides sides() {
    return new MemorySides(new MemoryQueue(new SetClock(), VISIBILITY_TIMEOUT, MAX_RECEIVES));
  }

  @Test
  void takesASecondMessageOfTheSameIdAfterFiveMinutes() {
    queue.send(List.of(message("first", "lane", "same")));
    clock.sleep(Duration.ofMinutes(5));
    queue.send(List.of(message("second", "lane", "same")));

    assertThat(queue.messages()).hasSize(2);
  }

  @Test
  void handsOutAMessageAgainWhenItsTimeoutEnds() {
    queue.send(List.of(message("body", "lane", "id")));
    String first = queue.receive().orElseThrow().receiptHandle();
    clock.sleep(VISIBILITY_TIMEOUT.minusMillis(1));
    assertThat(queue.receive()).isEmpty();
    clock.sleep(Duration.ofMillis(1));

    assertThat(queue.receive()).isPresent();
    queue.delete(first);
    assertThat(queue.isEmpty()).as("an old receipt deletes nothing").isFalse();
  }

  @Test
  void hidesForTwelveHoursAtMost() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> queue.changeVisibility("receipt", Duration.ofHours(13)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> queue.changeVisibility("receipt", Duration.ofSeconds(-1)));
  }

  private record MemorySides(MemoryQueue queue) implements Sides {

    @Override
    public Optional<Received> receive() {
      return queue
          .receive()
          .map(
              received ->
                  new Received(
                      received.message().body(),
                      received.message().group(),
                      received.receiptHandle(),
                      received.receives()));
    }

    @Override
    public void delete(String receiptHandle) {
      queue.delete(receiptHandle);
    }

    @Override
    public List<String> deadLetters() {
      return queue.deadLetters().stream().map(MessageQueue.Message::body).toList();
    }
  }
}
