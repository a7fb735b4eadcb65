package io.tapline.bench;

import io.tapline.bench.cold.ColdFunction;
import io.tapline.bench.cold.ColdStarts;
import io.tapline.bench.task.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How long cold starts take, beside those of a handler that only makes the same calls. */
final class ColdMeasurement implements Measurement {

  private static final Target TARGET = Target.atMost(1.3);

  @Override
  public Section measure(Workbench bench) throws IOException, InterruptedException {
    Rounds rounds = rounds(bench);
    List<Line> lines = new ArrayList<>();
    for (ColdFunction function : ColdFunction.values()) {
      lines.add(
          Line.of(
              name(function, function.firstCall()) + ", times the same calls only",
              ratio(rounds, function, ColdStarts.FIRST_CALL),
              "%.2f",
              TARGET));
    }
    for (ColdFunction function : ColdFunction.values()) {
      lines.add(
          Line.of(
              name(function, "first event answered, times the same calls only"),
              ratio(rounds, function, ColdStarts.ANSWER),
              "%.2f"));
      lines.add(
          Line.of(
              name(function, "processor time for it, times the same calls only"),
              ratio(rounds, function, ColdStarts.PROCESSOR),
              "%.2f"));
    }
    for (ColdFunction function : ColdFunction.values()) {
      addTimes(lines, rounds, function, ColdStarts.nameOf(function));
      addTimes(lines, rounds, function, ColdStarts.nameOfSameCalls(function));
    }
    return new Section("Cold starts", lines);
  }

  private static Rounds rounds(Workbench bench) throws IOException, InterruptedException {
    List<Map<String, Figures>> rounds = new ArrayList<>();
    bench.say("starting each function once");
    try (ColdStarts starts = new ColdStarts(Files.createTempDirectory(bench.folder(), "cold"))) {
      for (int round = 1; round <= bench.sizes().runs(); round++) {
        bench.say("cold starts, round " + round);
        rounds.add(starts.round());
      }
    }
    return new Rounds(rounds);
  }

  private static void addTimes(List<Line> lines, Rounds rounds, ColdFunction function, String run) {
    lines.add(
        Line.of(
            run + ", " + function.firstCall(), rounds.of(run, ColdStarts.FIRST_CALL), "%.2f s"));
    lines.add(Line.of(run + ", first event answered", rounds.of(run, ColdStarts.ANSWER), "%.2f s"));
    lines.add(
        Line.of(run + ", processor time for it", rounds.of(run, ColdStarts.PROCESSOR), "%.2f s"));
  }

  private static List<Double> ratio(Rounds rounds, ColdFunction function, String figure) {
    return rounds.ratio(ColdStarts.nameOf(function), ColdStarts.nameOfSameCalls(function), figure);
  }

  private static String name(ColdFunction function, String what) {
    return ColdStarts.nameOf(function) + ", " + what;
  }
}
