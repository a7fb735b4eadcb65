package io.tapline.job;

import io.tapline.chunk.ChunkMessage;
import io.tapline.ledger.Job;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Mark;
import io.tapline.record.ColumnTypes;
import io.tapline.record.Columns;
import io.tapline.record.RecordMapper;
import io.tapline.sync.Sync;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** What the chunks of a job have in common, kept from chunk to chunk. Thread-safe. */
final class Plans {

  /** Few jobs are pushed at a time; a small cache spares each chunk the reading of its job. */
  private static final int CACHED_JOBS = 16;

  private final Map<String, Plan> plans = new ConcurrentHashMap<>();

  /**
   * The plan of a message's job.
   *
   * @throws IllegalStateException when the job is gone, or not staged
   */
  Plan of(ChunkMessage message, JobLedger ledger) {
    Plan cached = plans.get(message.job());
    if (cached != null) {
      return cached;
    }
    Job job = ledger.job().orElseThrow(() -> new IllegalStateException("no job " + message.job()));
    Mark staged =
        ledger
            .lastMark()
            .orElseThrow(() -> new IllegalStateException("job not staged: " + message.job()));
    Sync sync = job.toSync();
    Columns columns = Columns.of(sync, Objects.requireNonNull(staged.header()).names());
    Plan plan =
        new Plan(
            sync, columns, Objects.requireNonNull(staged.decided()), job.export().lastModified());
    if (plans.size() >= CACHED_JOBS) {
      plans.clear();
    }
    plans.put(message.job(), plan);
    return plan;
  }

  /** A job's settings, and how its rows are mapped. */
  record Plan(Sync sync, Columns columns, ColumnTypes types, Instant exportLastModified) {

    CheckedRows check(OpenChunk chunk) {
      return CheckedRows.of(chunk, RecordMapper.of(sync, columns, types, exportLastModified));
    }
  }
}
