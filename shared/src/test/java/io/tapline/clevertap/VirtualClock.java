package io.tapline.clevertap;

import io.tapline.aws.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A clock that stands still, except that a sleep takes its time at once. */
public final class VirtualClock implements Clock {

  private final List<Duration> sleeps = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-24T00:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public void sleep(Duration duration) {
    sleeps.add(duration);
    pass(duration);
  }

  /** Lets time pass without a sleep. */
  public void pass(Duration duration) {
    now = now.plus(duration);
  }

  /** All sleeps so far. */
  public List<Duration> sleeps() {
    return sleeps;
  }
}
