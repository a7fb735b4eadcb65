package io.tapline.clevertap;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before another try: exponential with full jitter, so that lanes that were turned
 * away together do not come back together.
 *
 * @param first the most that the first wait may take; it doubles from wait to wait
 * @param max the most that any wait may take
 */
record Backoff(Duration first, Duration max, RandomGenerator random) {

  private static final int MAX_DOUBLINGS = 20;

  /**
   * A wait, from nothing up to its bound.
   *
   * @param tries how often it was tried, from 1
   */
  Duration delay(int tries) {
    Duration doubled = first.multipliedBy(1L << Math.min(tries - 1, MAX_DOUBLINGS));
    Duration bound = doubled.compareTo(max) > 0 ? max : doubled;
    return Duration.ofNanos(random.nextLong(bound.toNanos() + 1));
  }
}
