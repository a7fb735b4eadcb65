package io.tapline.job;

import io.tapline.chunk.ChunkId;
import io.tapline.ledger.Mark;
import io.tapline.ledger.RunLedger;
import io.tapline.ledger.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The chunks that a run takes up, by their numbers in the lanes.
 *
 * @param lanes how many chunks each lane of the job has
 * @param selected those that the run takes up; null: all
 */
record RunChunks(List<Integer> lanes, @Nullable Set<ChunkId> selected) {

  /**
   * The chunks of a run.
   *
   * @param staged the mark at which staging ended
   */
  static RunChunks of(RunLedger run, Mark staged) {
    return new RunChunks(
        staged.chunks(), run.selection().map(Selection::chunks).map(Set::copyOf).orElse(null));
  }

  /**
   * The chunks of this number, at most ten and one of a lane: a batch that is taken in part then
   * keeps each lane in order.
   */
  List<ChunkId> numbered(int number) {
    List<ChunkId> chunks = new ArrayList<>();
    for (int lane = 0; lane < lanes.size(); lane++) {
      ChunkId chunk = new ChunkId(lane, number);
      if (number < lanes.get(lane) && (selected == null || selected.contains(chunk))) {
        chunks.add(chunk);
      }
    }
    return chunks;
  }

  /** How many chunks have a number below this. */
  int countBelow(int number) {
    return selected == null
        ? lanes.stream().mapToInt(chunks -> Math.min(chunks, number)).sum()
        : (int) selected.stream().filter(chunk -> chunk.number() < number).count();
  }

  /** No chunk of the job has this number, or a higher one. */
  int end() {
    return lanes.stream().mapToInt(Integer::intValue).max().orElse(0);
  }
}
