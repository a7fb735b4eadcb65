package io.tapline.report;

import io.tapline.chunk.ChunkId;
import io.tapline.export.Row;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Mark;
import io.tapline.record.Rejection;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rejected rows of a job in the order of the export: its lanes merged, each read chunk by
 * chunk, so that memory is one chunk a lane.
 */
final class RejectedRows {

  private final JobLedger ledger;
  private final Mark staged;
  private final Function<ChunkId, Map<Long, Rejection>> rejectionsOf;
  private final PriorityQueue<Lane> lanes =
      new PriorityQueue<>(Comparator.comparingLong(Lane::nextRow));

  /**
   * Reads the rows of a staged job.
   *
   * @param rejectionsOf a chunk's rejections by row; for a chunk of which it gives none, no row is
   *     read
   */
  RejectedRows(
      JobLedger ledger, Mark staged, Function<ChunkId, Map<Long, Rejection>> rejectionsOf) {
    this.ledger = ledger;
    this.staged = staged;
    this.rejectionsOf = rejectionsOf;
    for (int i = 0; i < staged.chunks().size(); i++) {
      enqueue(new Lane(i));
    }
  }

  /** The next one; null behind the last. */
  @Nullable RejectedRow next() {
    Lane lane = lanes.poll();
    if (lane == null) {
      return null;
    }
    RejectedRow row = lane.rows.removeFirst();
    enqueue(lane);
    return row;
  }

  private void enqueue(Lane lane) {
    while (lane.rows.isEmpty() && lane.number < staged.chunks().get(lane.index)) {
      lane.fill(new ChunkId(lane.index, lane.number++));
    }
    if (!lane.rows.isEmpty()) {
      lanes.add(lane);
    }
  }

  private final class Lane {

    private final int index;
    private final Deque<RejectedRow> rows = new ArrayDeque<>();
    private int number;

    Lane(int index) {
      this.index = index;
    }

    long nextRow() {
      return rows.getFirst().row().number();
    }

    void fill(ChunkId chunk) {
      Map<Long, Rejection> rejections = rejectionsOf.apply(chunk);
      if (rejections.isEmpty()) {
        return;
      }
      for (Row row : ledger.chunk(chunk)) {
        Rejection rejection = rejections.get(row.number());
        if (rejection != null) {
          rows.add(new RejectedRow(row, rejection));
        }
      }
    }
  }
}
