package io.tapline.local.chaos;

import io.tapline.aws.Clock;
import io.tapline.aws.DeadLetters;
import io.tapline.aws.MemoryQueue;
import io.tapline.aws.MessageQueue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The dead letters of a queue in memory: a FIFO queue themselves, as on SQS. For the tasks of one
 * timeline, which run one at a time.
 */
final class MemoryDeadLetters implements DeadLetters {

  /** As in {@code template.yaml}. */
  static final Duration VISIBILITY_TIMEOUT = Duration.ofMinutes(6);

  private final MemoryQueue queue;
  private final MemoryQueue letters;
  private int moved;

  MemoryDeadLetters(MemoryQueue queue, Clock clock) {
    this.queue = queue;
    this.letters = new MemoryQueue(clock, VISIBILITY_TIMEOUT, Integer.MAX_VALUE);
  }

  @Override
  public List<Letter> receive() {
    List<MessageQueue.Message> dead = queue.deadLetters();
    for (; moved < dead.size(); moved++) {
      letters.send(List.of(dead.get(moved)));
    }
    return Stream.generate(letters::receive)
        .limit(MessageQueue.MAX_BATCH)
        .takeWhile(Optional::isPresent)
        .flatMap(Optional::stream)
        .map(
            received ->
                new Letter(received.id(), received.message().body(), received.receiptHandle()))
        .toList();
  }

  @Override
  public void delete(String receiptHandle) {
    letters.delete(receiptHandle);
  }
}
