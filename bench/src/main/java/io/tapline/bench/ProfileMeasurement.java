package io.tapline.bench;

import io.tapline.bench.Workbench.Run;
import io.tapline.bench.data.Shape;
import io.tapline.bench.data.TextForm;
import io.tapline.bench.task.Task;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Where the time goes in staging and in a worker's push, by JFR. */
final class ProfileMeasurement implements Measurement {

  @Override
  public Section measure(Workbench bench) throws IOException, InterruptedException {
    String export = bench.export(TextForm.CSV, true).toString();
    String chunks = Integer.toString(4 * bench.sizes().pushedChunks());
    return new Section(
        "Where the time goes",
        List.of(),
        List.of(
            profile(
                bench, "Staging csv.gz", new Run(Workbench.SPLITTER, Task.STAGE, export, "true")),
            profile(
                bench,
                "A worker's push of profiles",
                new Run(Workbench.WORKER, Task.PUSH, Shape.PROFILES.name(), chunks))));
  }

  private static String profile(Workbench bench, String title, Run run)
      throws IOException, InterruptedException {
    String name = run.task().name().toLowerCase(Locale.ROOT);
    bench.once(new Run(bench.recording(name, run.options()), run.task(), run.words()));
    return "**" + title + "**\n\n" + Recording.read(bench.recordingFile(name)).toMarkdown();
  }
}
