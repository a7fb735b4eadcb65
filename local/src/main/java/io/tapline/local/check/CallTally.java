package io.tapline.local.check;

import io.tapline.chunk.ChunkBuffer;
import io.tapline.export.Row;
import io.tapline.ledger.Stop;
import io.tapline.record.Columns;
import io.tapline.record.LaneKey;
import io.tapline.record.Mapped;
import io.tapline.sync.RecordKind;
import io.tapline.sync.Sync;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Deals rows to lanes and chunks as staging does, and counts the calls that come of them. Not
 * thread-safe.
 */
final class CallTally {

  /** To ask for a place, to put the list there, to complete it. */
  private static final int CALLS_OF_A_LIST = 3;

  private static final int LIST_HEADER_BYTES = "Type,Identity\n".length();

  /** CleverTap's limit for the file of a custom list. */
  private static final long MAX_LIST_BYTES = 5_000_000_000L;

  private final boolean isList;
  private final LaneKey key;
  private final ChunkBuffer[] buffers;
  private final boolean[] hasRecord;
  private final long[] calls;
  private long chunks;
  private long members;
  private long memberBytes;

  CallTally(Sync sync, Columns columns) {
    this.isList = sync.kind() == RecordKind.LIST_MEMBER;
    this.key = LaneKey.of(columns);
    this.buffers = new ChunkBuffer[sync.lanes()];
    Arrays.setAll(buffers, lane -> new ChunkBuffer(sync.kind().rowsPerChunk()));
    this.hasRecord = new boolean[buffers.length];
    this.calls = new long[buffers.length];
  }

  /**
   * Adds a row.
   *
   * @param record what it is mapped to; null where it is rejected
   */
  void add(Row row, @Nullable Mapped record) {
    int lane = key.lane(row, buffers.length);
    if (buffers[lane].isFullFor(row)) {
      close(lane);
    }
    buffers[lane].add(row);
    if (record != null) {
      hasRecord[lane] = true;
      members++;
      memberBytes += record.bytes().length;
    }
  }

  /** A chunk of rejected rows is no call. */
  private void close(int lane) {
    buffers[lane].drain();
    chunks++;
    if (hasRecord[lane]) {
      calls[lane]++;
    }
    hasRecord[lane] = false;
  }

  /** The calls of all rows; to be asked once. */
  Calls calls() {
    for (int lane = 0; lane < buffers.length; lane++) {
      if (!buffers[lane].isEmpty()) {
        close(lane);
      }
    }
    if (isList) {
      int made = members == 0 ? 0 : CALLS_OF_A_LIST;
      return new Calls(1, chunks, made, made, listBytes());
    }
    return new Calls(
        buffers.length,
        chunks,
        Arrays.stream(calls).sum(),
        Arrays.stream(calls).max().orElse(0),
        0);
  }

  private long listBytes() {
    return LIST_HEADER_BYTES + memberBytes;
  }

  /** What keeps the rows from becoming a segment; null where nothing does, or none is made. */
  @Nullable Stop obstacle() {
    if (!isList) {
      return null;
    }
    if (members == 0) {
      return new Stop("EMPTY_LIST", "the list has no good row", null);
    }
    return listBytes() <= MAX_LIST_BYTES
        ? null
        : new Stop(
            "LIST_TOO_LARGE",
            String.format(
                Locale.ROOT,
                "the list has %,d bytes; CleverTap takes at most %,d",
                listBytes(),
                MAX_LIST_BYTES),
            null);
  }
}
