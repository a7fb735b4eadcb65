package io.tapline.export;

import java.util.ArrayDeque;

/**
 * Where the gz members start that were seen so far and may still be asked for. Safe for use by two
 * threads: the one that inflates runs ahead of the one that asks.
 */
final class MemberStarts {

  /**
   * The start of a member.
   *
   * @param offset in the object's bytes
   * @param textOffset bytes of inflated text before it
   */
  record Start(long offset, long textOffset) {}

  private final ArrayDeque<Start> starts = new ArrayDeque<>();
  private volatile boolean single = true;

  /** Notes a start, further on than the last one. */
  synchronized void add(long offset, long textOffset) {
    if (!starts.isEmpty() && starts.getLast().textOffset() == textOffset) {
      starts.removeLast(); // an empty member: there may be any number of them
    }
    starts.addLast(new Start(offset, textOffset));
    single = starts.size() == 1;
  }

  /**
   * Forgets the members that ended before a place in the text. To be told often, so that only those
   * are kept that were inflated ahead.
   */
  void forgetBefore(long textOffset) {
    if (!single) {
      forgetAllBut(textOffset);
    }
  }

  private synchronized void forgetAllBut(long textOffset) {
    Start first = starts.removeFirst();
    while (!starts.isEmpty() && starts.getFirst().textOffset() <= textOffset) {
      first = starts.removeFirst();
    }
    starts.addFirst(first);
    single = starts.size() == 1;
  }

  /**
   * The start of the member that holds a place in the text, which is not before one that was told
   * to be over.
   */
  synchronized Start holding(long textOffset) {
    forgetAllBut(textOffset);
    return starts.getFirst();
  }
}
