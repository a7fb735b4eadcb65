package io.tapline.local.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A step of a function that changes something out there: a function can die at it, with the step
 * done or not done. All of them are listed in {@code crash-points.txt}, and a test holds the list
 * against what the functions do.
 *
 * @param reachedIn a kind of run in which the step is made
 * @param step as {@link Step#toString} names it
 */
record CrashPoint(Kind reachedIn, String step) {

  private static final List<CrashPoint> ALL = read();

  /** All of them, in the order of the list. */
  static List<CrashPoint> all() {
    return ALL;
  }

  /**
   * The plan of the kind of run in which the step is made, but a function is killed once.
   *
   * @param harm before or after the step
   * @param time when it is made this time, from 1
   */
  Plan killOnce(Harm harm, int time) {
    AtomicInteger times = new AtomicInteger();
    Plan otherwise = reachedIn.plan();
    return (made, draw) ->
        made.toString().equals(step) && times.incrementAndGet() == time
            ? harm
            : otherwise.at(made, draw);
  }

  private static List<CrashPoint> read() {
    try (InputStream file =
        Objects.requireNonNull(CrashPoint.class.getResourceAsStream("crash-points.txt"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" +", 2))
          .map(parts -> new CrashPoint(Kind.valueOf(parts[0]), parts[1]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
