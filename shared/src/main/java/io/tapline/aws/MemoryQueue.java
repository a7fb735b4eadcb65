package io.tapline.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An SQS FIFO queue in memory, for tests and for the fault harness; no function uses it. A message
 * that was sent within the last five minutes is dropped; of each group one message at a time is
 * handed out, in the order in which they were sent; one that was handed out too often goes to the
 * dead letters. Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html">FIFO
 *     delivery logic</a>
 */
public final class MemoryQueue implements MessageQueue {

  private static final Duration DEDUPLICATION_WINDOW = Duration.ofMinutes(5);
  private static final Duration MAX_VISIBILITY_TIMEOUT = Duration.ofHours(12);
  private static final Duration DEFAULT_VISIBILITY_TIMEOUT = Duration.ofSeconds(30);

  private final Clock clock;
  private final Duration visibilityTimeout;
  private final int maxReceives;
  private final List<Message> messages = new ArrayList<>();
  private final List<Hidden> hidden = new ArrayList<>();
  private final List<Message> deadLetters = new ArrayList<>();
  private final Map<String, Instant> firstSent = new HashMap<>();
  private final Map<String, Deque<Entry>> groups = new LinkedHashMap<>();

  /** A call of {@link #changeVisibility}. */
  public record Hidden(String receiptHandle, Duration timeout) {}

  /**
   * A message that was handed out.
   *
   * @param id the same at each receive of a message
   * @param receiptHandle another one at each receive; only the latest is good
   * @param receives how often it was handed out, this time included
   */
  public record Received(Message message, String id, String receiptHandle, int receives) {}

  /**
   * An empty queue that hides a message for 30 seconds and hands it out without end.
   *
   * @param clock tells when the deduplication of a message ends, and when it can be seen again
   */
  public MemoryQueue(Clock clock) {
    this(clock, DEFAULT_VISIBILITY_TIMEOUT, Integer.MAX_VALUE);
  }

  /**
   * An empty queue.
   *
   * @param visibilityTimeout how long a message that was handed out stays hidden
   * @param maxReceives the receives after which a message goes to the dead letters
   */
  public MemoryQueue(Clock clock, Duration visibilityTimeout, int maxReceives) {
    this.clock = clock;
    this.visibilityTimeout = visibilityTimeout;
    this.maxReceives = maxReceives;
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
        groups
            .computeIfAbsent(message.group(), group -> new ArrayDeque<>())
            .add(new Entry(message, "message-" + messages.size()));
      }
    }
    return List.of();
  }

  /** Hands out the next message; empty when none can be seen. */
  public synchronized Optional<Received> receive() {
    Instant now = clock.instant();
    for (Deque<Entry> group : groups.values()) {
      Entry next = group.peek();
      while (next != null && next.isVisible(now) && next.receives >= maxReceives) {
        deadLetters.add(group.remove().message);
        next = group.peek();
      }
      if (next != null && next.isVisible(now)) {
        next.receives++;
        next.hiddenUntil = now.plus(visibilityTimeout);
        return Optional.of(
            new Received(next.message, next.id, next.receiptHandle(), next.receives));
      }
    }
    return Optional.empty();
  }

  /** Takes a message away; nothing happens when the receipt is not the latest of its message. */
  public synchronized void delete(String receiptHandle) {
    for (Deque<Entry> group : groups.values()) {
      Entry next = group.peek();
      if (next != null && next.receiptHandle().equals(receiptHandle)) {
        group.remove();
        return;
      }
    }
  }

  @Override
  public synchronized void changeVisibility(String receiptHandle, Duration timeout) {
    if (timeout.isNegative() || timeout.compareTo(MAX_VISIBILITY_TIMEOUT) > 0) {
      throw new IllegalArgumentException("visibility timeout " + timeout);
    }
    hidden.add(new Hidden(receiptHandle, timeout));
    for (Deque<Entry> group : groups.values()) {
      Entry next = group.peek();
      if (next != null && next.receiptHandle().equals(receiptHandle)) {
        next.hiddenUntil = clock.instant().plus(timeout);
      }
    }
  }

  /** The messages that the queue took, in the order in which they were sent, gone or not. */
  public synchronized List<Message> messages() {
    return List.copyOf(messages);
  }

  /** The messages that were hidden by {@link #changeVisibility}, in this order. */
  public synchronized List<Hidden> hidden() {
    return List.copyOf(hidden);
  }

  /** The messages that were handed out too often, in this order. */
  public synchronized List<Message> deadLetters() {
    return List.copyOf(deadLetters);
  }

  /** Whether no message is left, visible or not; dead letters do not count. */
  public synchronized boolean isEmpty() {
    return groups.values().stream().allMatch(Deque::isEmpty);
  }

  /** A message that is not deleted. Only the first of its group can be out. */
  private static final class Entry {

    private final Message message;
    private final String id;
    private int receives;
    private Instant hiddenUntil = Instant.MIN;

    Entry(Message message, String id) {
      this.message = message;
      this.id = id;
    }

    boolean isVisible(Instant now) {
      return !now.isBefore(hiddenUntil);
    }

    String receiptHandle() {
      return id + "#" + receives;
    }
  }
}
