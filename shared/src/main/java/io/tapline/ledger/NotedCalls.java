package io.tapline.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the notes of a chunk say.
 *
 * @param next the number of the next call
 * @param reply the latest of its replies; null when there is none
 * @param unanswered the calls behind that reply, in order: nobody noted how they ended
 */
public record NotedCalls(int next, @Nullable ReplyNote reply, List<SentNote> unanswered) {

  /** Nothing is noted. */
  public static final NotedCalls NONE = new NotedCalls(0, null, List.of());
}
