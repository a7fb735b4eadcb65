package io.tapline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapline.aws.ForwardingStore;
import io.tapline.aws.MemoryObjectStore;
import io.tapline.aws.SetClock;
import io.tapline.chunk.ChunkBuffer;
import io.tapline.chunk.ChunkId;
import io.tapline.chunk.StoredRows;
import io.tapline.export.BrokenRow;
import io.tapline.export.Header;
import io.tapline.export.ReadPosition;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.Mark;
import io.tapline.record.Rejection;
import io.tapline.record.Rejection.By;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RejectedRowsTest {

  private static final String BUCKET = "tapline-work";
  private static final int CHUNKS = 5;

  private final AtomicInteger reads = new AtomicInteger();
  private final JobLedger ledger =
      new Ledger(
              new ForwardingStore(new MemoryObjectStore(new SetClock())) {
                @Override
                public Optional<byte[]> get(String bucket, String key) {
                  reads.incrementAndGet();
                  return super.get(bucket, key);
                }
              },
              BUCKET)
          .job("vip", "job");

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a chunk more of each lane, 10, 1000, 20",
    "small ones are enough, 10, 100, 20",
    "of one lane a chunk more, 1, 10000, 2",
    "of a custom list just what is needed, 10, 100000, 10",
    "also of one lane, 1, 100000, 1",
  })
  void readsALittleAhead(String rule, int lanes, int rowsPerChunk, int expected) {
    for (int lane = 0; lane < lanes; lane++) {
      for (int number = 0; number < CHUNKS; number++) {
        ChunkBuffer buffer = new ChunkBuffer(1);
        buffer.add(new BrokenRow(row(lanes, lane, number), "BROKEN_UTF8", "line", null));
        ledger.putChunk(new ChunkId(lane, number), StoredRows.pack(buffer.drain()));
      }
    }

    // Closing waits for what is being read.
    try (RejectedRows rows =
        new RejectedRows(
            ledger, staged(lanes), rowsPerChunk, chunk -> rejected(lanes, chunk), row -> {})) {
      assertThat(rows.next()).isNotNull();
    }

    assertThat(reads).as(rule).hasValue(expected);
  }

  @Test
  void anErrorOfAReaderIsThrownAsItIs() {
    Error error = new OutOfMemoryError("made up");

    try (RejectedRows rows =
        new RejectedRows(
            ledger,
            staged(1),
            1000,
            chunk -> {
              throw error;
            },
            row -> {})) {
      assertThatThrownBy(rows::next).isSameAs(error);
    }
  }

  private static long row(int lanes, int lane, int number) {
    return (long) number * lanes + lane + 1;
  }

  private static Map<Long, Rejection> rejected(int lanes, ChunkId chunk) {
    long row = row(lanes, chunk.lane(), chunk.number());
    return new HashMap<>(Map.of(row, new Rejection(row, By.TAPLINE, "1", null, "wrong")));
  }

  private static Mark staged(int lanes) {
    return new Mark(
        0,
        new Header(List.of("identity"), false),
        ReadPosition.START,
        (long) lanes * CHUNKS,
        0,
        Collections.nCopies(lanes, CHUNKS),
        null,
        null,
        0,
        List.of(),
        true,
        null,
        null);
  }
}
