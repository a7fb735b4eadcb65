package io.tapline.bench;

import io.tapline.bench.Workbench.Run;
import io.tapline.bench.data.Shape;
import io.tapline.bench.data.TextForm;
import io.tapline.bench.task.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Where the time goes in staging, in a worker's push, and on the whole way, by JFR. */
final class ProfileMeasurement implements Measurement {

  private static final String STAGING = "staging";
  private static final String WORKER = "worker";
  private static final String WHOLE_WAY = "whole-way";

  @Override
  public Section measure(Workbench bench) throws IOException, InterruptedException {
    String export = bench.export(TextForm.CSV, true).toString();
    bench.once(new Run(bench.recording(STAGING, Workbench.SPLITTER), Task.STAGE, export, "true"));
    String chunks = Integer.toString(4 * bench.sizes().pushedChunks());
    bench.once(
        new Run(
            bench.recording(WORKER, Workbench.WORKER), Task.PUSH, Shape.PROFILES.name(), chunks));
    new WholePush(bench).push(bench.recording(WHOLE_WAY, WholePush.OPTIONS), Duration.ZERO);
    return new Section(
        "Where the time goes",
        List.of(),
        List.of(
            tell(bench, STAGING, "Staging of csv.gz"),
            tell(bench, WORKER, "A worker's push of profiles"),
            tell(bench, WHOLE_WAY, "The whole way on one machine without latency")));
  }

  private static String tell(Workbench bench, String name, String title) throws IOException {
    return "**" + title + "**\n\n" + Recording.read(bench.recordingFile(name)).toMarkdown();
  }
}
