package io.tapline.bench;

import static io.tapline.bench.task.Figures.PEAK_MB;
import static io.tapline.bench.task.Figures.SECONDS;

import io.tapline.bench.Workbench.Run;
import io.tapline.bench.data.TextForm;
import io.tapline.bench.task.Task;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tapline's reader and mapper beside a program of commons-csv and Jackson's tree model. */
final class BaselineMeasurement implements Measurement {

  private static final List<String> SMALL = List.of("-Xmx64m", "-XX:+UseSerialGC");

  /** As {@code java} without options. */
  private static final List<String> DEFAULT = List.of();

  private static final String PROGRAM = "program";
  private static final String TAPLINE = "Tapline";
  private static final String TAPLINE_TWICE = "Tapline on two threads";
  private static final String SMALL_TAPLINE = "Tapline in a small heap";
  private static final String SMALL_TAPLINE_TWICE = "Tapline on two threads in a small heap";

  @Override
  public Section measure(Workbench bench) throws IOException, InterruptedException {
    String file = bench.export(TextForm.CSV, false).toString();
    String smallFile = bench.smallExport(TextForm.CSV).toString();
    Map<String, Run> runs = new LinkedHashMap<>();
    runs.put(PROGRAM, new Run(DEFAULT, Task.BASELINE, file));
    runs.put(TAPLINE, new Run(DEFAULT, Task.BATCHES, file));
    runs.put(TAPLINE_TWICE, new Run(DEFAULT, Task.BATCHES_ON_TWO_THREADS, file));
    runs.put(SMALL_TAPLINE, new Run(SMALL, Task.BATCHES, file));
    runs.put(SMALL_TAPLINE_TWICE, new Run(SMALL, Task.BATCHES_ON_TWO_THREADS, file));
    Rounds rounds = bench.rounds(runs);
    return new Section(
        "Beside a program of commons-csv and a tree model",
        List.of(
            Line.of(
                "rows a second on one thread, times the program's",
                rounds.ratio(PROGRAM, TAPLINE, SECONDS),
                "%.2f",
                Target.atLeast(5)),
            Line.of(
                "reading on one thread and mapping on another, times the program's",
                rounds.ratio(PROGRAM, TAPLINE_TWICE, SECONDS),
                "%.2f",
                Target.atLeast(5)),
            Line.of(
                "peak memory in a heap of 64 MB, times the program's in the default heap",
                rounds.ratio(SMALL_TAPLINE, PROGRAM, PEAK_MB),
                "%.2f",
                Target.atMost(0.25)),
            Line.of(
                "the same, on two threads",
                rounds.ratio(SMALL_TAPLINE_TWICE, PROGRAM, PEAK_MB),
                "%.2f",
                Target.atMost(0.25)),
            Line.of("rows a second on one thread", rounds.rates(TAPLINE), "%,.0f"),
            Line.of("on two threads", rounds.rates(TAPLINE_TWICE), "%,.0f"),
            Line.of("the program's", rounds.rates(PROGRAM), "%,.0f"),
            Line.of("peak memory on one thread", rounds.of(SMALL_TAPLINE, PEAK_MB), "%.0f MB"),
            Line.of("on two threads", rounds.of(SMALL_TAPLINE_TWICE, PEAK_MB), "%.0f MB"),
            Line.of("the program's, in the default heap", rounds.of(PROGRAM, PEAK_MB), "%.0f MB"),
            Line.of(
                "smallest heap, one thread",
                bench.smallestHeap(Task.BATCHES, smallFile),
                "%.0f MB"),
            Line.of("the program's", bench.smallestHeap(Task.BASELINE, smallFile), "%.0f MB")));
  }
}
