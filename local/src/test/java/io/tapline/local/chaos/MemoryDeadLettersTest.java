package io.tapline.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.aws.DeadLetters.Letter;
import io.tapline.aws.MemoryQueue;
import io.tapline.aws.MessageQueue.Message;
import io.tapline.aws.SetClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryDeadLettersTest {

  private final SetClock clock = new SetClock();
  private final MemoryQueue queue = new MemoryQueue(clock, Duration.ofSeconds(1), 1);
  private final MemoryDeadLetters letters = new MemoryDeadLetters(queue, clock);

  @Test
  void areHandedOutUntilTheyAreDeleted() {
    queue.send(List.of(new Message("body", "lane", "id")));
    assertThat(letters.receive()).isEmpty();
    queue.receive();
    clock.sleep(Duration.ofSeconds(1));
    assertThat(queue.receive()).as("it was handed out too often").isEmpty();

    assertThat(letters.receive()).extracting(Letter::body).containsExactly("body");
    assertThat(letters.receive()).isEmpty();
    clock.sleep(Duration.ofMinutes(6));
    Letter again = letters.receive().getFirst();
    letters.delete(again.receiptHandle());
    clock.sleep(Duration.ofMinutes(6));

    assertThat(letters.receive()).isEmpty();
  }
}
