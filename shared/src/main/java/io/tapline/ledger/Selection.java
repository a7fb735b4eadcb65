package io.tapline.ledger;

import io.tapline.chunk.ChunkId;
import java.util.List;

/**
 * The chunks that a run takes up, of all that the job has; worked out once.
 *
 * @param chunks in no order
 */
public record Selection(List<ChunkId> chunks) {

  public Selection {
    chunks = List.copyOf(chunks);
  }
}
