package io.tapline.local.chaos;

import io.tapline.aws.Clock;
import io.tapline.aws.DeadLetters;
import io.tapline.aws.MemoryObjectStore;
import io.tapline.aws.MemoryQueue;
import io.tapline.aws.MemoryQueue.Received;
import io.tapline.aws.ObjectStore;
import io.tapline.aws.ObjectVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The S3 and the SQS that an installation stands on.
 *
 * @param exportBucket where exports are put
 * @param workBucket where the ledger is
 */
record Backing(
    ObjectStore store,
    ChunkQueue queue,
    DeadLetters deadLetters,
    String exportBucket,
    String workBucket) {

  /** Both in memory, in the time of {@code clock}. */
  static Backing inMemory(Clock clock, Duration visibilityTimeout, int maxReceives) {
    MemoryQueue queue = new MemoryQueue(clock, visibilityTimeout, maxReceives);
    return new Backing(
        new MemoryObjectStore(clock),
        new MemoryChunkQueue(queue),
        new MemoryDeadLetters(queue, clock),
        "exports",
        "work");
  }

  /** Puts an export, over an older one of its key. */
  PutExport put(Export export) {
    store.put(exportBucket, export.key(), export.content());
    return new PutExport(export, store.head(exportBucket, export.key(), null).orElseThrow());
  }

  /**
   * Puts an export as a version of its own. In memory only.
   *
   * @param now when it is last modified
   */
  PutExport putVersion(Export export, String versionId, Instant now) {
    ObjectVersion version =
        new ObjectVersion(
            exportBucket,
            export.key(),
            versionId,
            "\"" + versionId + "\"",
            0,
            now.truncatedTo(ChronoUnit.SECONDS));
    return new PutExport(export, ((MemoryObjectStore) store).put(version, export.content()));
  }

  private record MemoryChunkQueue(MemoryQueue queue) implements ChunkQueue {

    @Override
    public List<Message> send(List<Message> batch) {
      return queue.send(batch);
    }

    @Override
    public void changeVisibility(String receiptHandle, Duration timeout) {
      queue.changeVisibility(receiptHandle, timeout);
    }

    @Override
    public Optional<Received> receive() {
      return queue.receive();
    }

    @Override
    public void delete(String receiptHandle) {
      queue.delete(receiptHandle);
    }

    @Override
    public boolean isEmpty() {
      return queue.isEmpty();
    }
  }
}
