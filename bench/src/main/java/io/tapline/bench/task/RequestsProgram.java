package io.tapline.bench.task;

import io.tapline.aws.Clock;
import io.tapline.aws.MemoryObjectStore;
import io.tapline.bench.data.Shape;
import io.tapline.bench.rig.PushedJob;
import io.tapline.bench.rig.WholeJob;
import io.tapline.job.CountingStore;
import io.tapline.job.CountingStore.Requests;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts the requests of jobs of two sizes, so that those of larger ones can be worked out: what a
 * job costs and what each chunk adds.
 */
final class RequestsProgram {

  private static final int FEW_CHUNKS = 5;
  private static final int MORE_CHUNKS = 25;
  private static final int ROWS_PER_CHUNK = 1000;

  /** Enough for several pages of a listing, which has 1000 keys. */
  private static final int FEW_OUTCOMES = 2000;

  private static final int MORE_OUTCOMES = 6000;

  private final Map<String, Double> figures = new LinkedHashMap<>();

  private RequestsProgram() {}

  static Figures run() {
    RequestsProgram program = new RequestsProgram();
    program.countSteps(Shape.PROFILES);
    program.countSteps(Shape.EVENTS);
    program.add(
        "close",
        finish(FEW_OUTCOMES, FEW_OUTCOMES),
        FEW_OUTCOMES,
        finish(MORE_OUTCOMES, MORE_OUTCOMES),
        MORE_OUTCOMES);
    program.add(
        "look",
        finish(FEW_OUTCOMES + 1, FEW_OUTCOMES),
        FEW_OUTCOMES,
        finish(MORE_OUTCOMES + 1, MORE_OUTCOMES),
        MORE_OUTCOMES);
    return new Figures(program.figures);
  }

  private void countSteps(Shape shape) {
    WholeJob.Requests few = WholeJob.run(shape, FEW_CHUNKS * ROWS_PER_CHUNK);
    WholeJob.Requests more = WholeJob.run(shape, MORE_CHUNKS * ROWS_PER_CHUNK);
    String name = shape.name();
    add(name + ".split", few.split(), few.chunks(), more.split(), more.chunks());
    add(name + ".release", few.release(), few.chunks(), more.release(), more.chunks());
    add(name + ".push", few.push(), few.chunks(), more.push(), more.chunks());
  }

  /** The requests of one look of the finalizer at a run, some of whose chunks have an outcome. */
  private static Requests finish(int chunks, int outcomes) {
    CountingStore store = new CountingStore(new MemoryObjectStore(Clock.system()));
    PushedJob job = PushedJob.ofProfiles(store, chunks);
    job.write(outcomes);
    store.take();
    job.finish();
    return store.take();
  }

  private void add(String step, Requests few, int fewChunks, Requests more, int moreChunks) {
    double times = moreChunks - fewChunks;
    double writes = (more.writes() - few.writes()) / times;
    double reads = (more.gets() - few.gets()) / times;
    figures.put(step + ".writes.chunk", writes);
    figures.put(step + ".writes.job", few.writes() - writes * fewChunks);
    figures.put(step + ".reads.chunk", reads);
    figures.put(step + ".reads.job", few.gets() - reads * fewChunks);
  }
}
