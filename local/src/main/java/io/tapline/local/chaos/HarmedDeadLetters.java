package io.tapline.local.chaos;

import io.tapline.aws.DeadLetters;
import io.tapline.local.chaos.Step.Operation;
import java.util.List;

/** The dead letters as the handler in one environment meets them. */
final class HarmedDeadLetters implements DeadLetters {

  private final Environment environment;
  private final DeadLetters letters;

  HarmedDeadLetters(Environment environment, DeadLetters letters) {
    this.environment = environment;
    this.letters = letters;
  }

  @Override
  public List<Letter> receive() {
    return environment.perform(Operation.RECEIVE, "", letters::receive);
  }

  @Override
  public void delete(String receiptHandle) {
    environment.perform(
        Operation.DISCARD,
        "",
        () -> {
          letters.delete(receiptHandle);
          return true;
        });
  }
}
