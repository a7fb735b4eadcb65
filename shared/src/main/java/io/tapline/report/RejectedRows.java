package io.tapline.report;

import io.tapline.chunk.ChunkId;
import io.tapline.export.Row;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Mark;
import io.tapline.record.Rejection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rejected rows of a job in the order of the export: its lanes merged, each read chunk by
 * chunk, so that memory is a chunk or two a lane. The lanes are read in step, so that nothing is
 * read far behind the last rejected row; a little ahead, since each read takes S3's latency. Not
 * thread-safe.
 */
final class RejectedRows implements AutoCloseable {

  /** Of all lanes. Those of a few chunks of a custom list could take a function's memory. */
  private static final int MOST_ROWS = 20_000;

  /** Of a lane: the one that is needed and the next, which hides the latency. */
  private static final int MOST_CHUNKS = 2;

  private final JobLedger ledger;
  private final Mark staged;
  private final int chunksAtOnce;
  private final Function<ChunkId, Map<Long, Rejection>> rejectionsOf;
  private final Consumer<RejectedRow> seen;
  private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
  private final PriorityQueue<Lane> lanes = new PriorityQueue<>(Comparator.comparingLong(Lane::at));

  /**
   * Reads the rows of a staged job.
   *
   * @param rowsPerChunk how many rows a chunk has at most
   * @param rejectionsOf a chunk's rejections by row, which are taken out as they are found; for a
   *     chunk of which it gives none, no row is read. Called by several threads
   * @param seen is shown each row as it is handed out
   */
  RejectedRows(
      JobLedger ledger,
      Mark staged,
      int rowsPerChunk,
      Function<ChunkId, Map<Long, Rejection>> rejectionsOf,
      Consumer<RejectedRow> seen) {
    this.ledger = ledger;
    this.staged = staged;
    this.rejectionsOf = rejectionsOf;
    this.seen = seen;
    int laneCount = staged.chunks().size();
    this.chunksAtOnce =
        Math.clamp(MOST_ROWS / ((long) Math.max(1, laneCount) * rowsPerChunk), 1, MOST_CHUNKS);
    for (int i = 0; i < laneCount; i++) {
      lanes.add(new Lane(i));
    }
  }

  /**
   * The next one; null behind the last.
   *
   * @throws IllegalStateException when a chunk or what became of it can't be read
   * @throws Error as it came up in a thread that reads, such as where the memory is too small
   */
  @Nullable RejectedRow next() {
    Lane lane = lanes.poll();
    while (lane != null) {
      RejectedRow row = lane.rows.poll();
      if (row != null || lane.takeChunk()) {
        lanes.add(lane);
      }
      if (row != null) {
        seen.accept(row);
        return row;
      }
      lane = lanes.poll();
    }
    return null;
  }

  /** Waits for what is being read. */
  @Override
  public void close() {
    readers.close();
  }

  private Chunk read(ChunkId chunk) {
    Map<Long, Rejection> rejections = rejectionsOf.apply(chunk);
    List<RejectedRow> rejected = new ArrayList<>();
    long last = 0;
    if (!rejections.isEmpty()) {
      for (Row row : ledger.chunk(chunk)) {
        last = row.number();
        Rejection rejection = rejections.remove(row.number());
        if (rejection != null) {
          rejected.add(new RejectedRow(row, rejection));
        }
      }
    }
    return new Chunk(rejected, last);
  }

  /**
   * What was read of a chunk.
   *
   * @param last its last row; 0 when its rows were not read
   */
  private record Chunk(List<RejectedRow> rejected, long last) {}

  /** One lane, from the rows on that were not handed out yet. */
  private final class Lane {

    private final int index;
    private final Deque<RejectedRow> rows = new ArrayDeque<>();
    private final Deque<Future<Chunk>> ahead = new ArrayDeque<>();
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

    /** Takes the next chunk; false behind the last. */
    boolean takeChunk() {
      while (ahead.size() < chunksAtOnce && nextChunk < staged.chunks().get(index)) {
        ChunkId chunk = new ChunkId(index, nextChunk++);
        ahead.add(readers.submit(() -> read(chunk)));
      }
      Future<Chunk> next = ahead.poll();
      if (next == null) {
        return false;
      }
      Chunk chunk = await(next);
      rows.addAll(chunk.rejected);
      lastRead = Math.max(lastRead, chunk.last);
      return true;
    }

    private static Chunk await(Future<Chunk> read) {
      try {
        return read.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw new IllegalStateException("the rejected rows could not be read", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while rejected rows were read", e);
      }
    }
  }
}
