package io.tapline.local.chaos;

import io.tapline.aws.MemoryQueue.Received;
import io.tapline.aws.MessageQueue;
import java.util.Optional;

/** A queue with the side that Lambda's event source mapping sees. */
interface ChunkQueue extends MessageQueue {

  /** Hands out the next message; empty when none can be seen. */
  Optional<Received> receive();

  /** Takes a message away. */
  void delete(String receiptHandle);

  /** Whether no message is left, visible or not. */
  boolean isEmpty();
}
