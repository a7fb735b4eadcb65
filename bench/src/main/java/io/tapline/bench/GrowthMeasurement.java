package io.tapline.bench;

import io.tapline.bench.Workbench.Run;
import io.tapline.bench.task.Figures;
import io.tapline.bench.task.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** How the time grows with the rows of an export and with the chunks of a run. */
final class GrowthMeasurement implements Measurement {

  private static final String GROWTH = "growth";
  private static final Target LONGEST_CLOSING = Target.atMost(30);

  @Override
  public Section measure(Workbench bench) throws IOException, InterruptedException {
    List<Long> rows = bench.sizes().grownRows();
    List<String> words = new ArrayList<>(List.of(rows.get(rows.size() / 2).toString()));
    rows.forEach(count -> words.add(count.toString()));
    Rounds rounds = bench.rounds(Map.of(GROWTH, new Run(Workbench.SPLITTER, Task.GROW, words)));
    List<Line> lines = new ArrayList<>();
    for (long count : rows.subList(1, rows.size())) {
      List<Double> ratio =
          rounds.rounds().stream()
              .map(round -> Objects.requireNonNull(round.get(GROWTH)))
              .map(times -> times.get(Long.toString(count)) / times.get(rows.getFirst().toString()))
              .toList();
      lines.add(
          Line.of(
              String.format(
                  Locale.ROOT, "time a row at %,d rows, times that at %,d", count, rows.getFirst()),
              ratio,
              "%.2f",
              Target.atMost(1.1)));
    }
    for (long count : rows) {
      lines.add(
          Line.of(
              String.format(Locale.ROOT, "time a row at %,d rows", count),
              rounds.of(GROWTH, Long.toString(count)),
              "%.0f ns"));
    }
    lines.add(closing(bench));
    return new Section("Growth", lines);
  }

  private static Line closing(Workbench bench) throws IOException, InterruptedException {
    int chunks = bench.sizes().closedChunks();
    List<Double> seconds = new ArrayList<>();
    for (int round = 1; round <= bench.sizes().runs(); round++) {
      Path folder = bench.folder().resolve("closing-" + round);
      seconds.add(
          bench
              .once(
                  new Run(
                      Workbench.FINALIZER,
                      Task.FINISH,
                      Integer.toString(chunks),
                      folder.toString()))
              .get(Figures.SECONDS));
      Folders.delete(folder);
    }
    return Line.of(
        String.format(Locale.ROOT, "closing a run of %,d chunks, embedded S3", chunks),
        seconds,
        "%.2f s",
        LONGEST_CLOSING);
  }
}
