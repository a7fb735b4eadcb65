package io.tapline.bench.rig;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapline.aws.Clock;
import io.tapline.aws.MemoryObjectStore;
import io.tapline.aws.ObjectStore;
import io.tapline.aws.ObjectVersion;
import io.tapline.aws.TimeBudget;
import io.tapline.bench.data.Content;
import io.tapline.bench.data.Shape;
import io.tapline.job.Installation;
import io.tapline.job.Staging;
import io.tapline.ledger.Job;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.Mark;

/** Stages one export, with a storage that costs nothing: reading is all but free, chunks go. */
public final class StagingRig {

  static final String WORK_BUCKET = "work";
  static final String SYNC = "bench";
  static final String JOB = "20261124T120000Z-0000000000000000";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Clock clock = Clock.system();
  private final ExportStore store;
  private final Installation installation;
  private final Job job;

  /**
   * An export that is about to be staged, once.
   *
   * @param ending of its key, such as {@code .csv.gz}
   * @param skip whether invalid rows are skipped, so that staging does not check each row
   */
  public StagingRig(Shape shape, Content content, String ending, boolean skip) {
    this.store = new ExportStore(new MemoryObjectStore(clock), content, "bench/export" + ending);
    this.installation = installation(store, clock);
    this.job = job(shape.settings(10, skip), 10, store.version());
  }

  static Installation installation(ObjectStore store, Clock clock) {
    return new Installation(
        store,
        new Ledger(store, WORK_BUCKET),
        new NoQueue(),
        new OneConnection(),
        new InstantCleverTap(),
        clock);
  }

  static Job job(String settings, int lanes, ObjectVersion export) {
    try {
      return new Job(JOB, SYNC, export, JSON.readTree(settings), lanes, Clock.system().instant());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Stages it, and returns the number of rows. */
  public long stage() {
    Mark staged = new Staging(installation).stage(job, TimeBudget.unlimited(clock)).orElseThrow();
    if (staged.stop() != null) {
      throw new IllegalStateException("staging was stopped: " + staged.stop());
    }
    return staged.rows();
  }

  /** How many bytes of chunks were written, packed. */
  public long chunkBytes() {
    return store.chunkBytes();
  }
}
