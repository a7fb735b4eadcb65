package io.tapline.bench.rig;

import io.tapline.aws.Clock;
import io.tapline.aws.ForwardingStore;
import io.tapline.aws.MemoryObjectStore;
import io.tapline.aws.ObjectStore;
import io.tapline.aws.TimeBudget;
import io.tapline.bench.data.GeneratedText;
import io.tapline.bench.data.Shape;
import io.tapline.bench.data.TextForm;
import io.tapline.chunk.ChunkId;
import io.tapline.chunk.ChunkMessage;
import io.tapline.clevertap.CallTimes;
import io.tapline.job.Installation;
import io.tapline.job.Push;
import io.tapline.job.PushResult;
import io.tapline.job.Staging;
import io.tapline.ledger.Job;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Mark;

/**
 * Pushes the chunks of a staged job, over and over. S3 is memory and forgets what is noted of a
 * push, so that each push is the first one of its chunk. Not thread-safe.
 */
public final class PushRig {

  private static final int ROWS_PER_CHUNK = 1000;

  private final Clock clock;
  private final Push push;
  private final int chunks;
  private int next;

  private PushRig(Clock clock, Push push, int chunks) {
    this.clock = clock;
    this.push = push;
    this.chunks = chunks;
  }

  /** A job of some chunks of 1000 rows. */
  public static PushRig of(Shape shape, int chunks) {
    Clock clock = Clock.system();
    GeneratedText text = new GeneratedText(shape, TextForm.CSV, (long) chunks * ROWS_PER_CHUNK);
    MemoryObjectStore memory = new MemoryObjectStore(clock);
    memory.put("exports", "bench/export.csv", text.read(0, Math.toIntExact(text.size())));
    Installation installation = StagingRig.installation(new ForgettingStore(memory), clock);
    Job job =
        StagingRig.job(
            shape.settings(1, true),
            1,
            memory.head("exports", "bench/export.csv", null).orElseThrow());
    JobLedger jobLedger = installation.ledger().job(job.sync(), job.id());
    jobLedger.putJob(job);
    Mark staged = new Staging(installation).stage(job, TimeBudget.unlimited(clock)).orElseThrow();
    return new PushRig(clock, new Push(installation, 100), staged.totalChunks());
  }

  /** Pushes a chunk; behind the last one, the first again. */
  public void pushNext() {
    ChunkMessage message =
        ChunkMessage.of(StagingRig.SYNC, StagingRig.JOB, 1, new ChunkId(0, next));
    next = (next + 1) % chunks;
    PushResult result = push.push(message, 1, TimeBudget.unlimited(clock), new CallTimes());
    if (!(result instanceof PushResult.Done)) {
      throw new IllegalStateException("a chunk was not pushed: " + result);
    }
  }

  /** Takes outcomes and notes of calls, and has none. */
  private static final class ForgettingStore extends ForwardingStore {

    ForgettingStore(ObjectStore store) {
      super(store);
    }

    @Override
    public boolean putIfAbsent(String bucket, String key, byte[] content) {
      return key.contains("/runs/") || super.putIfAbsent(bucket, key, content);
    }
  }
}
