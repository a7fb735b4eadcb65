package io.tapline.bench;

import io.tapline.bench.Workbench.Run;
import io.tapline.bench.data.Shape;
import io.tapline.bench.task.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a worker's call costs beyond CleverTap's latency. */
final class WorkerMeasurement implements Measurement {

  /** What the worker's JVM would be with both compilers. */
  private static final List<String> BOTH_COMPILERS = List.of("-Xmx128m", "-XX:+UseSerialGC");

  private static final Target TARGET = Target.atMost(0.010);

  @Override
  public Section measure(Workbench bench) throws IOException, InterruptedException {
    String chunks = Integer.toString(bench.sizes().pushedChunks());
    Map<String, Run> runs = new LinkedHashMap<>();
    for (Shape shape : Shape.values()) {
      String name = shape.name().toLowerCase(Locale.ROOT);
      runs.put(
          name + ", first compiler only",
          new Run(Workbench.WORKER, Task.PUSH, shape.name(), chunks));
      runs.put(name + ", both compilers", new Run(BOTH_COMPILERS, Task.PUSH, shape.name(), chunks));
    }
    Rounds rounds = bench.rounds(runs);
    List<Line> lines = new ArrayList<>();
    for (String run : runs.keySet()) {
      lines.add(Line.of(run, rounds.of(run, "mean"), "%.4f s", TARGET));
    }
    return new Section("A worker's call of 1000 records, beyond CleverTap's latency", lines);
  }
}
