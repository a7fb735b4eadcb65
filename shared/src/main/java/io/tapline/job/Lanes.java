package io.tapline.job;

import io.tapline.chunk.ChunkBuffer;
import io.tapline.chunk.ChunkId;
import io.tapline.export.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The chunks that are being filled, one a lane, and how many each lane has had. Not thread-safe.
 */
final class Lanes {

  private final ChunkBuffer[] buffers;
  private final int[] next;
  private final ChunkUploads uploads;

  /**
   * Lanes that go on from a mark.
   *
   * @param chunks how many chunks each lane has had
   */
  Lanes(List<Integer> chunks, int rowsPerChunk, ChunkUploads uploads) {
    this.buffers = new ChunkBuffer[chunks.size()];
    Arrays.setAll(buffers, lane -> new ChunkBuffer(rowsPerChunk));
    this.next = chunks.stream().mapToInt(Integer::intValue).toArray();
    this.uploads = uploads;
  }

  void add(int lane, Row row) {
    if (buffers[lane].isFullFor(row)) {
      flush(lane);
    }
    buffers[lane].add(row);
  }

  /** Writes all that was added, and waits until it is written. */
  void flush() {
    for (int lane = 0; lane < buffers.length; lane++) {
      if (!buffers[lane].isEmpty()) {
        flush(lane);
      }
    }
    uploads.await();
  }

  /** How many chunks each lane has had. */
  List<Integer> chunks() {
    List<Integer> chunks = new ArrayList<>();
    for (int count : next) {
      chunks.add(count);
    }
    return chunks;
  }

  private void flush(int lane) {
    uploads.upload(new ChunkId(lane, next[lane]++), buffers[lane].drain());
  }
}
