package io.tapline.report;

import io.tapline.ledger.Outcome;
import io.tapline.report.Report.Point;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What happened when, to the second. Not thread-safe. */
final class Timeline {

  /** A plot needs no more. */
  private static final int MAX_POINTS = 120;

  private final NavigableMap<Long, long[]> seconds = new TreeMap<>();

  void add(Outcome outcome) {
    long[] second =
        seconds.computeIfAbsent(outcome.finishedAt().getEpochSecond(), key -> new long[3]);
    second[0] += outcome.rows().read();
    second[1] += outcome.calls();
    second[2] += outcome.throttled();
  }

  /** Stretches of the same length, those in which something happened. */
  List<Point> points() {
    if (seconds.isEmpty()) {
      return List.of();
    }
    long first = seconds.firstKey();
    long width = (seconds.lastKey() - first) / MAX_POINTS + 1;
    NavigableMap<Long, long[]> stretches = new TreeMap<>();
    seconds.forEach(
        (second, counts) -> {
          long start = first + (second - first) / width * width;
          long[] sum = stretches.computeIfAbsent(start, key -> new long[3]);
          for (int i = 0; i < sum.length; i++) {
            sum[i] += counts[i];
          }
        });
    List<Point> points = new ArrayList<>();
    stretches.forEach(
        (start, sum) ->
            points.add(new Point(Instant.ofEpochSecond(start), sum[0], sum[1], sum[2])));
    return points;
  }

  /**
   * The length of the stretches that begin at these points, in seconds.
   *
   * @param points at least one, in order
   */
  static long stretch(List<Point> points) {
    long first = points.getFirst().at().getEpochSecond();
    // Of the last stretch only the beginning is known, so this may be a little too short.
    long stretch = (points.getLast().at().getEpochSecond() - first) / MAX_POINTS + 1;
    while (!beginsEachPoint(points, first, stretch)) {
      stretch++;
    }
    return stretch;
  }

  private static boolean beginsEachPoint(List<Point> points, long first, long stretch) {
    return points.stream().allMatch(point -> (point.at().getEpochSecond() - first) % stretch == 0);
  }
}
