package io.tapline.job;

import io.tapline.chunk.ChunkBuffer;
import io.tapline.chunk.ChunkId;
import io.tapline.chunk.FilledChunk;
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
 * The lanes fill up at about the same time: so more chunks may wait than are under way, or reading
 * would stand still while they are packed, and packing while the next ones are read.
 */
final class ChunkUploads implements AutoCloseable {

  private static final int AT_ONCE = 6;

  /** Of the chunks that wait or are under way; as much as {@value #AT_ONCE} of the largest have. */
  private static final int MAX_KIBIBYTES = AT_ONCE * (ChunkBuffer.MAX_BYTES >> 10);

  private final JobLedger ledger;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore room = new Semaphore(MAX_KIBIBYTES);
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  ChunkUploads(JobLedger ledger) {
    this.ledger = ledger;
  }

  /**
   * Writes a chunk, soon; waits while too much is under way.
   *
   * @throws IllegalStateException when an earlier one could not be written
   */
  void upload(ChunkId chunk, FilledChunk rows) {
    checkNoneFailed();
    int kibibytes = (int) Math.min(1 + (rows.size() >> 10), MAX_KIBIBYTES);
    room.acquireUninterruptibly(kibibytes);
    executor.execute(
        () -> {
          free.acquireUninterruptibly();
          try {
            ledger.putChunk(chunk, StoredRows.pack(rows));
          } catch (RuntimeException | Error e) {
            // Errors too: a mark must never count a chunk that is not there.
            failure.compareAndSet(null, e);
          } finally {
            free.release();
            room.release(kibibytes);
          }
        });
  }

  /**
   * Waits until all are written.
   *
   * @throws IllegalStateException when one could not be written
   */
  void await() {
    room.acquireUninterruptibly(MAX_KIBIBYTES);
    room.release(MAX_KIBIBYTES);
    checkNoneFailed();
  }

  @Override
  public void close() {
    executor.close();
  }

  private void checkNoneFailed() {
    Throwable first = failure.get();
    if (first != null) {
      throw new IllegalStateException("a chunk could not be written", first);
    }
  }
}
