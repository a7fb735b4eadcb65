package io.tapline.bench.task;

import io.tapline.aws.Clock;
import io.tapline.aws.MemoryObjectStore;
import io.tapline.bench.rig.PushedJob;
import io.tapline.report.Report;
import java.util.Map;

/**
 * Makes a segment of a custom list whose parts are made up as they are read, of as many parts as
 * fit into a size with the list's header line.
 */
final class ListProgram {

  private static final int HEADER_BYTES = "Type,Identity\n".length();

  private ListProgram() {}

  static Figures run(long bytes) {
    int chunks = (int) Math.max(1, (bytes - HEADER_BYTES) / PushedJob.PART_BYTES);
    PushedJob job = PushedJob.ofList(new MemoryObjectStore(Clock.system()), chunks);
    job.write();
    Stopwatch watch = new Stopwatch();
    Report report = job.finish().getFirst();
    double seconds = watch.seconds();
    if (report.status() != Report.Status.COMPLETED) {
      throw new IllegalStateException("the list became no segment: " + report.status());
    }
    return new Figures(Map.of(Figures.SECONDS, seconds, "bytes", (double) job.listBytes()));
  }
}
