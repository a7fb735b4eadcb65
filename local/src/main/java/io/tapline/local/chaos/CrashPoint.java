package io.tapline.local.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * A step of a function that changes something out there: a function can die at it, with the step
 * done or not done. All of them are listed in {@code crash-points.txt}, and a test holds the list
 * against what the functions do.
 *
 * @param reachedIn a kind of run in which the step is made
 * @param targets what rows become in such a run; in some of them it may not be made
 * @param step as {@link Step#toString} names it
 */
record CrashPoint(Kind reachedIn, List<Target> targets, String step) {

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
          .map(line -> line.split(" +", 3))
          .map(parts -> new CrashPoint(Kind.valueOf(parts[0]), targets(parts[1]), parts[2]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those that a word of the list stands for. */
  private static List<Target> targets(String word) {
    Predicate<Target> which =
        switch (word) {
          case "any" -> target -> true;
          case "pushed" -> target -> !target.isList();
          case "events" -> Target::isEvents;
          case "list" -> Target::isList;
          default -> target -> target.name().equals(word);
        };
    return Arrays.stream(Target.values()).filter(which).toList();
  }
}
