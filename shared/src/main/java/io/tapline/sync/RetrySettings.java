package io.tapline.sync;

import java.time.Duration;

/**
 * How a call is tried again within one invocation.
 *
 * @param attempts tries of one call in all, the first included
 * @param callTimeout how long one call may take before its outcome counts as unknown; 1s to 1m
 */
public record RetrySettings(
    int attempts, Duration firstDelay, Duration maxDelay, Duration callTimeout) {

  /**
   * The longest {@code callTimeout}. A worker has two minutes, and makes no call that would not fit
   * into what is left of them.
   */
  public static final Duration LONGEST_CALL = Duration.ofMinutes(1);
}
