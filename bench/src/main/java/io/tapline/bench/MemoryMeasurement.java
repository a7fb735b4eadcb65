package io.tapline.bench;

import io.tapline.bench.Workbench.Run;
import io.tapline.bench.data.Shape;
import io.tapline.bench.task.Figures;
import io.tapline.bench.task.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** That each function works in its heap, whatever the size; one that does not fails this. */
final class MemoryMeasurement implements Measurement {

  @Override
  public Section measure(Workbench bench) throws IOException, InterruptedException {
    List<Line> lines = new ArrayList<>();
    for (long bytes : bench.sizes().madeUpBytes()) {
      String size = Long.toString(bytes);
      Figures figures = bench.once(new Run(Workbench.SPLITTER, Task.STAGE_MADE_UP, size));
      lines.add(memory("splitter, 256 MB of heap, %,d MB of CSV", bytes, figures));
    }
    for (long bytes : bench.sizes().madeUpBytes().subList(0, 2)) {
      lines.add(
          Line.of(
              "splitter, smallest heap, " + megabytes(bytes) + " of CSV",
              bench.smallestHeap(Task.STAGE_MADE_UP, Long.toString(bytes)),
              "%.0f MB"));
    }
    String chunks = Integer.toString(bench.sizes().pushedChunks());
    for (Shape shape : Shape.values()) {
      lines.add(
          Line.of(
              "worker, 128 MB of heap, " + shape.name().toLowerCase(Locale.ROOT),
              List.of(
                  bench
                      .once(new Run(Workbench.WORKER, Task.PUSH, shape.name(), chunks))
                      .get(Figures.PEAK_MB)),
              "%.0f MB"));
    }
    long list = bench.sizes().listBytes();
    Figures figures = bench.once(new Run(Workbench.FINALIZER, Task.LIST, Long.toString(list)));
    lines.add(memory("finalizer, 256 MB of heap, list of %,d MB", list, figures));
    return new Section(
        "Peak memory of the process",
        lines,
        List.of(
            String.format(
                Locale.ROOT,
                "The list of %,.0f bytes took %.1f s.",
                figures.get("bytes"),
                figures.get(Figures.SECONDS))));
  }

  private static Line memory(String what, long bytes, Figures figures) {
    return Line.of(
        String.format(Locale.ROOT, what, bytes / 1_000_000),
        List.of(figures.get(Figures.PEAK_MB)),
        "%.0f MB");
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,d MB", bytes / 1_000_000);
  }
}
