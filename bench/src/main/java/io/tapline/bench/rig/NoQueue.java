package io.tapline.bench.rig;

import io.tapline.aws.MessageQueue;
import java.time.Duration;
import java.util.List;

/** A queue that takes everything and keeps nothing. */
final class NoQueue implements MessageQueue {

  @Override
  public List<Message> send(List<Message> batch) {
    return List.of();
  }

  @Override
  public void changeVisibility(String receiptHandle, Duration timeout) {
    // There is no message to hide.
  }
}
