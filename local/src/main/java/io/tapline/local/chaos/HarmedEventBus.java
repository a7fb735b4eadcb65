package io.tapline.local.chaos;

import io.tapline.aws.EventBus;
import io.tapline.local.chaos.Step.Operation;

/** The bus of events as the handler in one environment meets it. */
final class HarmedEventBus implements EventBus {

  private final Environment environment;
  private final EventBus bus;

  HarmedEventBus(Environment environment, EventBus bus) {
    this.environment = environment;
    this.bus = bus;
  }

  @Override
  public void put(String detailType, String detail) {
    environment.perform(
        Operation.ANNOUNCE,
        "",
        () -> {
          bus.put(detailType, detail);
          return true;
        },
        () -> true);
  }
}
