package io.tapline.bench;

import io.tapline.bench.task.Figures;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What some tasks have measured that were done one after another, and all of them several times.
 *
 * @param rounds for each round, the figures by the name of the task's run
 */
record Rounds(List<Map<String, Figures>> rounds) {

  /** A figure of a run, once for each round. */
  List<Double> of(String run, String figure) {
    return rounds.stream().map(round -> value(round, run, figure)).toList();
  }

  /** A figure of a run divided by that of another one of the same round. */
  List<Double> ratio(String run, String to, String figure) {
    return rounds.stream()
        .map(round -> value(round, run, figure) / value(round, to, figure))
        .toList();
  }

  /** Rows a second of a run, once for each round. */
  List<Double> rates(String run) {
    return rounds.stream()
        .map(round -> value(round, run, Figures.ROWS) / value(round, run, Figures.SECONDS))
        .toList();
  }

  private static double value(Map<String, Figures> round, String run, String figure) {
    return Objects.requireNonNull(round.get(run), run).get(figure);
  }
}
