package io.tapline.local.chaos;

import io.tapline.aws.MessageQueue;
import io.tapline.local.chaos.Step.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The queue as the handler in one environment meets it. */
final class HarmedQueue implements MessageQueue {

  private final Environment environment;
  private final MessageQueue queue;

  HarmedQueue(Environment environment, MessageQueue queue) {
    this.environment = environment;
    this.queue = queue;
  }

  @Override
  public List<Message> send(List<Message> batch) {
    return environment.perform(
        Operation.SEND, "", () -> queue.send(batch), () -> sendPartly(batch));
  }

  @Override
  public void changeVisibility(String receiptHandle, Duration timeout) {
    environment.perform(
        Operation.HIDE,
        "",
        () -> {
          queue.changeVisibility(receiptHandle, timeout);
          return true;
        });
  }

  /** Of three messages in a row one is taken, one is not, and one is but is said not to be. */
  private List<Message> sendPartly(List<Message> batch) {
    List<Message> taken = new ArrayList<>();
    List<Message> refused = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      if (i % 3 != 1) {
        taken.add(batch.get(i));
      }
      if (i % 3 != 0) {
        refused.add(batch.get(i));
      }
    }
    refused.addAll(queue.send(taken));
    return refused;
  }
}
