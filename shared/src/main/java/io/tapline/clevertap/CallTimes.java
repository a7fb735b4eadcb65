package io.tapline.clevertap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How the calls of one invocation went, for whoever watches it; what they came to for the job is
 * {@link CallCounts}. Not thread-safe.
 */
public final class CallTimes {

  private final List<Duration> times = new ArrayList<>();
  private int throttled;

  /** No call was made yet. */
  public CallTimes() {}

  void took(Duration time) {
    times.add(time);
  }

  void throttled() {
    throttled++;
  }

  /** Calls made. */
  public int calls() {
    return times.size();
  }

  /** Calls answered with 429. */
  public int throttledCalls() {
    return throttled;
  }

  /** How long each call took, in milliseconds, in the order in which they were made. */
  public long[] millis() {
    return times.stream().mapToLong(Duration::toMillis).toArray();
  }
}
