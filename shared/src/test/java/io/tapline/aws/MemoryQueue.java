package io.tapline.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An SQS FIFO queue in memory, for tests: it takes messages, drops those that it had within five
 * minutes, and notes which ones were hidden. Nothing is received from it. Thread-safe.
 */
public final class MemoryQueue implements MessageQueue {

  private static final Duration DEDUPLICATION_WINDOW = Duration.ofMinutes(5);
  private static final Duration MAX_VISIBILITY_TIMEOUT = Duration.ofHours(12);

  private final Clock clock;
  private final List<Message> messages = new ArrayList<>();
  private final List<Hidden> hidden = new ArrayList<>();
  private final Map<String, Instant> firstSent = new HashMap<>();

  /** A call of {@link #changeVisibility}. */
  public record Hidden(String receiptHandle, Duration timeout) {}

  /**
   * An empty queue.
   *
   * @param clock tells when the deduplication of a message ends
   */
  public MemoryQueue(Clock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized List<Message> send(List<Message> batch) {
    if (batch.isEmpty() || batch.size() > MAX_BATCH) {
      throw new IllegalArgumentException(
          "a batch of %d messages; it must be 1 to %d".formatted(batch.size(), MAX_BATCH));
    }
    Instant now = clock.instant();
    for (Message message : batch) {
      Instant before = firstSent.get(message.deduplicationId());
      if (before == null || !now.isBefore(before.plus(DEDUPLICATION_WINDOW))) {
        firstSent.put(message.deduplicationId(), now);
        messages.add(message);
      }
    }
    return List.of();
  }

  @Override
  public synchronized void changeVisibility(String receiptHandle, Duration timeout) {
    if (timeout.isNegative() || timeout.compareTo(MAX_VISIBILITY_TIMEOUT) > 0) {
      throw new IllegalArgumentException("visibility timeout " + timeout);
    }
    hidden.add(new Hidden(receiptHandle, timeout));
  }

  /** The messages that the queue took, in the order in which they were sent. */
  public synchronized List<Message> messages() {
    return List.copyOf(messages);
  }

  /** The messages that were hidden, in this order. */
  public synchronized List<Hidden> hidden() {
    return List.copyOf(hidden);
  }
}
