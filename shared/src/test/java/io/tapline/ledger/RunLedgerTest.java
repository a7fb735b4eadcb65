package io.tapline.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.aws.LoopbackAws;
import io.tapline.aws.ObjectStore;
import io.tapline.chunk.ChunkId;
import io.tapline.record.Rejection;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunLedgerTest {

  private static final Instant AT = Instant.parse("2026-11-24T10:11:12.345Z");
  private static final RowCounts ROWS = new RowCounts(21, 1, 2, 3, 4, 5, 6);

  private final ObjectStore store = LoopbackAws.store();
  private final String bucket = LoopbackAws.newBucket();
  private final JobLedger job = new Ledger(store, bucket).job("vip", "job");
  private final RunLedger run = job.run(1);

  @Test
  void theLatestWindowHasTheHighestNumber() {
    assertThat(run.latestReleased()).isEmpty();
    for (int window : new int[] {0, 9, 10, 2}) {
      run.putReleased(new Released(window, 10 * window, false, AT));
    }
    run.putReleased(new Released(10, 1, true, AT));

    assertThat(run.latestReleased()).hasValue(new Released(10, 100, false, AT));
    assertThat(job.run(2).latestReleased()).as("another run").isEmpty();
  }

  @Test
  void theFirstReasonToStopStays() {
    Stop stop = new Stop("515", "row 7 was refused", 7L);
    assertThat(run.stop()).isEmpty();
    run.putStop(stop);
    run.putStop(new Stop("STALE", "a newer export was pushed", null));

    assertThat(run.stop()).hasValue(stop);
  }

  @Test
  void aStopNeedsNoRow() {
    Stop stop = new Stop("STALE", "a newer export was pushed", null);
    run.putStop(stop);

    assertThat(run.stop()).hasValue(stop);
  }

  @Test
  void anOutcomeComesBackAsItWas() {
    Outcome outcome =
        new Outcome(
            3,
            12,
            ROWS,
            List.of(
                new Rejection(4, Rejection.By.CLEVERTAP, "515", "email", "no e-mail address"),
                new Rejection(5, Rejection.By.TAPLINE, "NUL_BYTE", null, "line 6 has a NUL byte")),
            List.of(
                new OpenRows(OpenRows.State.FAILED, "503", "gave up", List.of(7L)),
                new OpenRows(OpenRows.State.UNKNOWN, "TIMEOUT", "nobody knows", List.of(8L, 9L)),
                new OpenRows(OpenRows.State.NOT_SENT, "STOPPED", "was stopped", List.of())),
            8,
            9,
            10,
            11,
            AT,
            AT.plusSeconds(1),
            new Stop("REFUSED_RECORD", "row 4 was refused", 4L));
    ChunkId chunk = new ChunkId(3, 12);
    assertThat(run.outcome(chunk)).isEmpty();

    run.putOutcome(outcome);

    assertThat(run.outcome(chunk)).hasValue(outcome);
    assertThat(job.run(2).outcome(chunk)).as("another run").isEmpty();
  }

  @Test
  void theFirstOutcomeOfAChunkStays() {
    run.putOutcome(outcome(new ChunkId(0, 1), 1));
    run.putOutcome(outcome(new ChunkId(0, 1), 2));
    run.putOutcome(outcome(new ChunkId(11, 10), 1));

    assertThat(run.outcome(new ChunkId(0, 1)).orElseThrow().calls()).isEqualTo(1);
    assertThat(run.outcomes()).containsExactlyInAnyOrder(new ChunkId(0, 1), new ChunkId(11, 10));
  }

  @Test
  void malformedChunksAreCountedOnce() {
    assertThat(run.putMalformed(new ChunkId(0, 1))).isEqualTo(1);
    assertThat(run.putMalformed(new ChunkId(0, 1))).isEqualTo(1);
    assertThat(run.putMalformed(new ChunkId(1, 0))).isEqualTo(2);
    assertThat(job.run(2).putMalformed(new ChunkId(1, 0))).as("another run").isEqualTo(1);
  }

  @Test
  void aWindowThatWasBegunIsNotQueuedYet() {
    run.putReleasing(0);

    assertThat(run.isReleasing(0)).isTrue();
    assertThat(run.isReleasing(1)).isFalse();
    assertThat(run.latestReleased()).isEmpty();
  }

  @Test
  void theFirstTotalsStay() {
    Closed closed = new Closed(ROWS, "COMPLETED", AT);
    assertThat(run.closed()).isEmpty();
    run.putClosed(closed);
    run.putClosed(new Closed(RowCounts.NONE, "STOPPED", AT));

    assertThat(run.closed()).hasValue(closed);
  }

  @Test
  void liesWhereTheLayoutOfTheLedgerSays() {
    run.putReleasing(0);
    run.putReleased(new Released(0, 1, true, AT));
    run.putStop(new Stop("STALE", "m", null));
    run.putOutcome(outcome(new ChunkId(0, 1), 1));
    run.putMalformed(new ChunkId(0, 1));
    run.putClosed(new Closed(ROWS, "COMPLETED", AT));

    String folder = "jobs/vip/job/runs/1/";
    assertThat(store.list(bucket, "", null).items())
        .containsExactly(
            folder + "closed.json",
            folder + "malformed/0-1",
            folder + "outcomes/0-1.json",
            folder + "released/0",
            folder + "releasing/0",
            folder + "stopped.json");
  }

  private static Outcome outcome(ChunkId chunk, int calls) {
    return new Outcome(
        chunk.lane(), chunk.number(), ROWS, List.of(), List.of(), 0, calls, 0, 0, AT, AT, null);
  }
}
