package io.tapline.bench;

import io.tapline.bench.Workbench.Run;
import io.tapline.bench.data.Shape;
import io.tapline.bench.task.Figures;
import io.tapline.bench.task.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The requests to S3 of jobs that are too large to be run here, from those of small ones. */
final class RequestsMeasurement implements Measurement {

  private static final List<Long> CHUNKS = List.of(1_000L, 10_000L, 100_000L, 1_000_000L);

  /** At 300 ms a call and ten lanes. */
  private static final double CHUNKS_PER_MINUTE = 10 * 60 / 0.3;

  private static final int CHUNKS_PER_WINDOW = 10_000;
  private static final int CHUNKS_PER_MARK = 500;
  private static final long RANGE_BYTES = 8 << 20;

  /** Packed bytes of a chunk's rows in the export: 1000 rows of 20 columns. */
  private static final int EXPORT_BYTES = 60_000;

  private static final String LINE = "| %s | %s | %,.0f | %,.0f |%n";

  @Override
  public Section measure(Workbench bench) throws IOException, InterruptedException {
    Figures figures = bench.once(new Run(Workbench.FINALIZER, Task.REQUESTS));
    List<String> notes = new ArrayList<>();
    for (Shape shape : List.of(Shape.PROFILES, Shape.EVENTS)) {
      StringBuilder table = new StringBuilder("| chunks of ");
      table.append(shape.name().toLowerCase(Locale.ROOT));
      table.append(" | step | PUT, LIST | GET, HEAD |\n|---|---|---|---|\n");
      for (long chunks : CHUNKS) {
        append(table, figures, shape, chunks);
      }
      notes.add(table.toString().stripTrailing());
    }
    return new Section("Requests to S3", List.of(), notes);
  }

  private static void append(StringBuilder table, Figures figures, Shape shape, long chunks) {
    double marks = Math.ceil((double) chunks / CHUNKS_PER_MARK);
    double windows = Math.ceil((double) chunks / CHUNKS_PER_WINDOW);
    double ranges = Math.ceil((double) chunks * EXPORT_BYTES / RANGE_BYTES);
    double looks = Math.ceil(chunks / CHUNKS_PER_MINUTE);
    String name = shape.name();
    Steps steps = new Steps(table, figures, chunks);
    steps.add("opened and staged", name + ".split", 1, marks, ranges);
    steps.add("released", name + ".release", windows, 0, 0);
    steps.add("pushed", name + ".push", 1, 0, 0);
    // On average half of the outcomes are there when the finalizer looks.
    steps.addLooks(looks);
    steps.add("closed", "close", 1, 0, 0);
    steps.addSum();
  }

  /** The steps of one job, summed up. */
  private static final class Steps {

    private final StringBuilder table;
    private final Figures figures;
    private final long chunks;
    private double writes;
    private double reads;

    Steps(StringBuilder table, Figures figures, long chunks) {
      this.table = table;
      this.figures = figures;
      this.chunks = chunks;
    }

    void add(String what, String step, double times, double moreWrites, double moreReads) {
      ToDoubleFunction<String> sum =
          kind ->
              times * figures.get(step + kind + ".job")
                  + chunks * figures.get(step + kind + ".chunk");
      line(
          what, sum.applyAsDouble(".writes") + moreWrites, sum.applyAsDouble(".reads") + moreReads);
    }

    void addLooks(double looks) {
      line(
          "looked at every minute",
          looks
              * (figures.get("look.writes.job") + chunks / 2.0 * figures.get("look.writes.chunk")),
          looks * figures.get("look.reads.job"));
    }

    void addSum() {
      table.append(String.format(Locale.ROOT, LINE, "", "in all", writes, reads));
    }

    private void line(String what, double stepWrites, double stepReads) {
      String count = writes == 0 ? String.format(Locale.ROOT, "%,d", chunks) : "";
      table.append(String.format(Locale.ROOT, LINE, count, what, stepWrites, stepReads));
      writes += stepWrites;
      reads += stepReads;
    }
  }
}
