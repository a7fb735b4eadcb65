package io.tapline.local.progress;

import io.tapline.aws.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How fast a count grows: over the last seconds, so that it follows what happens now. Not
 * thread-safe.
 */
public final class Pace {

  private static final Duration WINDOW = Duration.ofSeconds(20);

  /** Looks that follow each other faster say nothing new. */
  private static final Duration STEP = Duration.ofMillis(500);

  /** Sooner nothing is foretold. */
  private static final Duration FIRST_GUESS = Duration.ofSeconds(1);

  private final Clock clock;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private Sample newest;

  /** A count that begins now, at {@code count}. */
  public Pace(Clock clock, long count) {
    this.clock = clock;
    this.newest = new Sample(clock.instant(), count);
    samples.add(newest);
  }

  /** Takes the count as it is now; it never falls. */
  public void at(long count) {
    newest = new Sample(clock.instant(), count);
    if (!newest.at().isBefore(samples.getLast().at().plus(STEP))) {
      samples.add(newest);
    }
    while (samples.size() > 1 && samples.getFirst().at().isBefore(newest.at().minus(WINDOW))) {
      samples.removeFirst();
    }
  }

  /** A second; 0 where too little was seen. */
  public long perSecond() {
    Duration seen = Duration.between(samples.getFirst().at(), newest.at());
    long grown = newest.count() - samples.getFirst().count();
    return seen.compareTo(FIRST_GUESS) < 0 ? 0 : Math.round(grown * 1000.0 / seen.toMillis());
  }

  /** How long it takes at this pace until the count is {@code total}; empty when it stands. */
  public Optional<Duration> left(long total) {
    Duration seen = Duration.between(samples.getFirst().at(), newest.at());
    long grown = newest.count() - samples.getFirst().count();
    if (grown <= 0 || seen.compareTo(FIRST_GUESS) < 0) {
      return Optional.empty();
    }
    double millis = (double) Math.max(0, total - newest.count()) * seen.toMillis() / grown;
    return Optional.of(Duration.ofMillis((long) millis));
  }

  private record Sample(Instant at, long count) {}
}
