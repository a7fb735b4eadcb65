package io.tapline.bench.rig;

import io.tapline.aws.Clock;
import io.tapline.aws.MemoryObjectStore;
import io.tapline.aws.TimeBudget;
import io.tapline.bench.data.GeneratedText;
import io.tapline.bench.data.Shape;
import io.tapline.bench.data.TextForm;
import io.tapline.chunk.ChunkId;
import io.tapline.chunk.ChunkMessage;
import io.tapline.clevertap.CallTimes;
import io.tapline.job.Arrival;
import io.tapline.job.CountingStore;
import io.tapline.job.Finish;
import io.tapline.job.Installation;
import io.tapline.job.Opened;
import io.tapline.job.Opening;
import io.tapline.job.Push;
import io.tapline.job.Release;
import io.tapline.job.Staging;
import io.tapline.ledger.Job;
import io.tapline.ledger.Mark;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A job from its event to its report, over an S3 in memory whose requests are counted. */
public final class WholeJob {

  private static final String EXPORTS = "exports";
  private static final String KEY = "bench/export.csv";

  private final Clock clock = Clock.system();
  private final CountingStore store;
  private final Installation installation;

  private WholeJob(CountingStore store) {
    this.store = store;
    this.installation = StagingRig.installation(store, clock);
  }

  /**
   * The requests of the steps of a job.
   *
   * @param split opening and staging
   * @param push of all chunks
   */
  public record Requests(
      CountingStore.Requests split,
      CountingStore.Requests release,
      CountingStore.Requests push,
      CountingStore.Requests finish,
      int chunks) {}

  /** Runs a job and counts its requests. */
  public static Requests run(Shape shape, int rows) {
    MemoryObjectStore memory = new MemoryObjectStore(Clock.system());
    GeneratedText text = new GeneratedText(shape, TextForm.CSV, rows);
    memory.put(EXPORTS, KEY, text.read(0, Math.toIntExact(text.size())));
    memory.put(
        StagingRig.WORK_BUCKET,
        "syncs/" + StagingRig.SYNC + ".json",
        shape.settings(1, true).getBytes(StandardCharsets.UTF_8));
    return new WholeJob(new CountingStore(memory)).run();
  }

  private Requests run() {
    store.take();
    if (!(new Opening(installation).open(new Arrival(EXPORTS, KEY, null, null))
        instanceof Opened.Open open)) {
      throw new IllegalStateException("the export was not opened");
    }
    Job job = open.job();
    TimeBudget budget = TimeBudget.unlimited(clock);
    Mark staged = new Staging(installation).stage(job, budget).orElseThrow();
    CountingStore.Requests split = store.take();
    new Release(installation).release(job, staged, 1, 0);
    CountingStore.Requests release = store.take();
    Push push = new Push(installation, 100);
    for (int chunk = 0; chunk < staged.totalChunks(); chunk++) {
      push.push(
          ChunkMessage.of(job.sync(), job.id(), 1, new ChunkId(0, chunk)),
          1,
          budget,
          new CallTimes());
    }
    CountingStore.Requests pushed = store.take();
    new Finish(installation, Duration.ZERO).finish(budget, run -> {});
    return new Requests(split, release, pushed, store.take(), staged.totalChunks());
  }
}
