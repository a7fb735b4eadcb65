package io.tapline.aws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Dead letters in memory, for tests: each is handed out once, as if its visibility timeout never
 * ended. Thread-safe.
 */
public final class MemoryDeadLetters implements DeadLetters {

  private final Map<String, Letter> letters = new LinkedHashMap<>();
  private final List<Letter> visible = new ArrayList<>();

  /** Puts a message among them; its id is that of its place, from 1. */
  public synchronized void add(String body) {
    String id = "message-" + (letters.size() + 1);
    Letter letter = new Letter(id, body, "receipt of " + id);
    letters.put(letter.receiptHandle(), letter);
    visible.add(letter);
  }

  @Override
  public synchronized List<Letter> receive() {
    List<Letter> batch = visible.subList(0, Math.min(MessageQueue.MAX_BATCH, visible.size()));
    List<Letter> received = List.copyOf(batch);
    batch.clear();
    return received;
  }

  @Override
  public synchronized void delete(String receiptHandle) {
    letters.remove(receiptHandle);
  }

  /** The bodies of those that were not deleted. */
  public synchronized List<String> left() {
    return letters.values().stream().map(Letter::body).toList();
  }
}
