package io.tapline.sync;

import io.tapline.aws.Clock;
import java.time.Duration;
import java.time.Instant;

/** A clock that stands still until it is told to sleep. */
final class SetClock implements Clock {

  private Instant now = Instant.parse("2026-11-24T00:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public void sleep(Duration duration) {
    now = now.plus(duration);
  }
}
