package io.tapline.aws;

import java.util.List;

/**
 * The messages that an SQS queue has given up: each was handed out too often without being deleted.
 * Safe for use by several threads.
 */
public interface DeadLetters {

  /**
   * A message among the dead letters.
   *
   * @param id SQS's own, for a log
   * @param body as it was sent; where somebody else sent it, it may be anything
   * @param receiptHandle names this receive of it
   */
  record Letter(String id, String body, String receiptHandle) {}

  /**
   * Hands out some messages, those of one group in the order in which they died. They stay hidden
   * for the queue's visibility timeout, and so does the rest of their groups.
   *
   * @return none when there are none that can be seen
   */
  List<Letter> receive();

  /** Takes a message away that was received. */
  void delete(String receiptHandle);
}
