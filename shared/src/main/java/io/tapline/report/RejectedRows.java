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
 * chunk, so that memory is one chunk a lane. The lanes are read in step, so that nothing is read
 * far behind the last rejected row. Not thread-safe.
 */
final class RejectedRows {

  private final JobLedger ledger;
  private final Mark staged;
  private final Function<ChunkId, Map<Long, Rejection>> rejectionsOf;
  private final PriorityQueue<Lane> lanes = new PriorityQueue<>(Comparator.comparingLong(Lane::at));

  /**
   * Reads the rows of a staged job.
   *
   * @param rejectionsOf a chunk's rejections by row, which are taken out as they are found; for a
   *     chunk of which it gives none, no row is read
   */
  RejectedRows(
      JobLedger ledger, Mark staged, Function<ChunkId, Map<Long, Rejection>> rejectionsOf) {
    this.ledger = ledger;
    this.staged = staged;
    this.rejectionsOf = rejectionsOf;
    for (int i = 0; i < staged.chunks().size(); i++) {
      lanes.add(new Lane(i));
    }
  }

  /** The next one; null behind the last. */
  @Nullable RejectedRow next() {
    Lane lane = lanes.poll();
    while (lane != null) {
      RejectedRow row = lane.rows.poll();
      if (row != null || lane.readChunk()) {
        lanes.add(lane);
      }
      if (row != null) {
        return row;
      }
      lane = lanes.poll();
    }
    return null;
  }

  /** One lane, from the rows on that were not handed out yet. */
  private final class Lane {

    private final int index;
    private final Deque<RejectedRow> rows = new ArrayDeque<>();
    private int nextChunk;
    private long lastRead;

    Lane(int index) {
      this.index = index;
    }

    /** No row that is still to come from here has a lower number. */
    long at() {
      RejectedRow next = rows.peek();
      return next == null ? lastRead : next.row().number();
    }

    /** Reads the next chunk; false behind the last. */
    boolean readChunk() {
      if (nextChunk == staged.chunks().get(index)) {
        return false;
      }
      ChunkId chunk = new ChunkId(index, nextChunk++);
      Map<Long, Rejection> rejections = rejectionsOf.apply(chunk);
      if (rejections.isEmpty()) {
        return true;
      }
      for (Row row : ledger.chunk(chunk)) {
        lastRead = row.number();
        Rejection rejection = rejections.remove(row.number());
        if (rejection != null) {
          rows.add(new RejectedRow(row, rejection));
        }
      }
      return true;
    }
  }
}
