package io.tapline.job;

import io.tapline.chunk.ChunkId;
import io.tapline.chunk.StoredRows;
import io.tapline.ledger.JobLedger;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Packs chunks and writes them to the ledger beside the thread that reads the export, a few at a
 * time, so that neither the other core nor S3's latency is left unused and memory stays bounded.
 */
final class ChunkUploads implements AutoCloseable {

  private static final int AT_ONCE = 6;

  private final JobLedger ledger;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

  ChunkUploads(JobLedger ledger) {
    this.ledger = ledger;
  }

  /**
   * Writes a chunk, soon; waits while too many are under way.
   *
   * @throws RuntimeException the failure of an earlier one
   */
  void upload(ChunkId chunk, byte[] text) {
    free.acquireUninterruptibly();
    rethrow();
    executor.execute(
        () -> {
          try {
            ledger.putChunk(chunk, StoredRows.pack(text));
          } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
          } finally {
            free.release();
          }
        });
  }

  /** Waits until all are written. */
  void await() {
    free.acquireUninterruptibly(AT_ONCE);
    free.release(AT_ONCE);
    rethrow();
  }

  @Override
  public void close() {
    executor.close();
  }

  private void rethrow() {
    RuntimeException first = failure.get();
    if (first != null) {
      throw first;
    }
  }
}
