package io.tapline.job;

import io.tapline.chunk.ChunkMessage;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message among the dead letters.
 *
 * @param message SQS's id of it
 * @param chunk the chunk that it points to; null where it points to none
 */
public record DeadChunk(String message, @Nullable ChunkMessage chunk, End end) {

  /** What was done. */
  public enum End {
    /**
     * The chunk's outcome was written: what nobody had delivered is failed. The message is gone.
     */
    GIVEN_UP,
    /** The chunk had its outcome already. The message is gone. */
    HAD_OUTCOME,
    /** The job has expired, so nobody can say more of it. The message is gone. */
    EXPIRED,
    /** A worker may be in a call for it still. The message comes again. */
    TAKEN,
    /** It points to no chunk: somebody else sent it. The message stays. */
    FOREIGN
  }

  /** Whether nobody needs the message any more. */
  boolean isOver() {
    return end != End.TAKEN && end != End.FOREIGN;
  }
}
