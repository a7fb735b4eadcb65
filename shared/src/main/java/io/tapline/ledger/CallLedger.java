package io.tapline.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * The notes of the calls for one chunk in one run: {@code calls/<lane>-<n>-<k>.sent} before call
 * {@code k}, {@code .reply} after it. Thread-safe.
 */
public final class CallLedger {

  private static final String SENT = ".sent";
  private static final String REPLY = ".reply";

  private final Documents documents;
  private final String prefix;

  CallLedger(Documents documents, String prefix) {
    this.documents = documents;
    this.prefix = prefix;
  }

  /**
   * Notes that a call is about to be made.
   *
   * @param call its number in the chunk and run, from 0
   * @return false when another invocation noted a call of this number: it has the chunk
   */
  public boolean putSent(int call, SentNote note) {
    return documents.putOnce(prefix + call + SENT, note);
  }

  /** Notes how far the delivery had come after a call; the first note of a number stays. */
  public void putReply(int call, ReplyNote note) {
    documents.putOnce(prefix + call + REPLY, note);
  }

  /** Whether the reply to a call was noted. */
  public boolean hasReply(int call) {
    return documents.exists(prefix + call + REPLY);
  }

  /** Reads what the notes say. */
  public NotedCalls read() {
    List<Integer> sent = new ArrayList<>();
    int last = -1;
    int replied = -1;
    for (String name : documents.names(prefix)) {
      int call = Integer.parseInt(name, 0, name.indexOf('.'), 10);
      last = Math.max(last, call);
      if (name.endsWith(REPLY)) {
        replied = Math.max(replied, call);
      } else {
        sent.add(call);
      }
    }
    int known = replied;
    return new NotedCalls(
        last + 1,
        known < 0 ? null : documents.get(prefix + known + REPLY, ReplyNote.class).orElseThrow(),
        sent.stream()
            .filter(call -> call > known)
            .sorted()
            .map(call -> documents.get(prefix + call + SENT, SentNote.class).orElseThrow())
            .toList());
  }
}
