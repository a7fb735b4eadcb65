package io.tapline.ledger;

import io.tapline.chunk.ChunkId;
import java.util.List;

/**
 * The chunks that a run takes up, of all that the job has; worked out once.
 *
 * @param chunks in no order
 * @param whole those of them that no earlier run has an outcome of, so that all their rows are open
 */
public record Selection(List<ChunkId> chunks, List<ChunkId> whole) {

  public Selection {
    chunks = List.copyOf(chunks);
    whole = List.copyOf(whole);
  }
}
