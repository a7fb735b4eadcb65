package io.tapline.aws;

import java.time.Duration;
import java.time.Instant;

/**
 * How long this invocation may still work. A loop asks before each step whether the step still
 * fits, and ends cleanly when it does not. Immutable and safe to share.
 */
public final class TimeBudget {

  private final Clock clock;
  private final Instant begin;
  private final Instant end;

  private TimeBudget(Clock clock, Instant begin, Instant end) {
    this.clock = clock;
    this.begin = begin;
    this.end = end;
  }

  /** A budget that ends {@code remaining} from now. */
  public static TimeBudget of(Clock clock, Duration remaining) {
    Instant now = clock.instant();
    return new TimeBudget(clock, now, now.plus(remaining));
  }

  /** A budget that never ends, for a machine that sets no limit. */
  public static TimeBudget unlimited(Clock clock) {
    return new TimeBudget(clock, clock.instant(), Instant.MAX);
  }

  /** Whether a step that takes at most {@code step} would still end in time. */
  public boolean allows(Duration step) {
    return end.equals(Instant.MAX) || !clock.instant().plus(step).isAfter(end);
  }

  /** How much of the time is gone. */
  public Duration spent() {
    return Duration.between(begin, clock.instant());
  }

  /** What is left of the time, but no more than {@code most}; never negative. */
  public Duration remaining(Duration most) {
    if (end.equals(Instant.MAX)) {
      return most;
    }
    Duration left = Duration.between(clock.instant(), end);
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return left.compareTo(most) < 0 ? left : most;
  }
}
