package io.tapline.local.chaos;

import io.tapline.aws.Clock;
import io.tapline.aws.DeadLetters;
import io.tapline.aws.MemoryObjectStore;
import io.tapline.aws.MemoryQueue;
import io.tapline.aws.MemoryQueue.Received;
import io.tapline.aws.ObjectStore;
import io.tapline.ledger.JobId;
import java.time.Duration;
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

  /** The id of the first job of an export that was put. */
  String jobOf(Export export) {
    return JobId.of(store.head(exportBucket, export.key(), null).orElseThrow());
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
