package io.tapline.aws;

import java.time.Duration;
import java.time.Instant;

/** A clock that stands still until it is told to sleep, which takes no time. Thread-safe. */
public final class SetClock implements Clock {

  private Instant now = Instant.parse("2026-11-24T00:00:00Z");

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized void sleep(Duration duration) {
    now = now.plus(duration);
  }
}
