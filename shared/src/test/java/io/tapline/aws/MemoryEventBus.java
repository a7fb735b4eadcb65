package io.tapline.aws;

import java.util.ArrayList;
import java.util.List;

/** A bus that keeps what it is told. Public for the tests of other modules. */
public final class MemoryEventBus implements EventBus {

  /** What the bus was told. */
  public record Event(String detailType, String detail) {}

  private final List<Event> events = new ArrayList<>();
  private boolean down;

  /** The events that it took, in this order. */
  public List<Event> events() {
    return events;
  }

  /** Makes it refuse all events, or take them again. */
  public void setDown(boolean isDown) {
    down = isDown;
  }

  @Override
  public void put(String detailType, String detail) {
    if (down) {
      throw new IllegalStateException("the bus is down");
    }
    events.add(new Event(detailType, detail));
  }
}
