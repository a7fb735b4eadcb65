package io.tapline.aws;

import java.time.Duration;
import java.util.List;

/** The few things that Tapline asks of an SQS FIFO queue. Safe for use by several threads. */
public interface MessageQueue {

  /** SQS takes at most this many messages in one batch. */
  int MAX_BATCH = 10;

  /**
   * A message to send.
   *
   * @param body at most 1 MiB of UTF-8; holds no personal data
   * @param group messages of one group are handed out one at a time, in the order in which they
   *     were sent
   * @param deduplicationId a second message of this id within five minutes is dropped
   */
  record Message(String body, String group, String deduplicationId) {}

  /**
   * Sends at most {@link #MAX_BATCH} messages.
   *
   * @return those that the queue did not take, in their order
   */
  List<Message> send(List<Message> batch);

  /** Hides a message that was received for {@code timeout} from now, at most 12 hours. */
  void changeVisibility(String receiptHandle, Duration timeout);
}
