package io.tapline.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.aws.LoopbackAws;
import io.tapline.aws.ObjectStore;
import io.tapline.chunk.ChunkId;
import io.tapline.record.Rejection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallLedgerTest {

  private static final Instant AT = Instant.parse("2026-11-24T10:11:12.345Z");

  private static final NotedCalls NONE = new NotedCalls(0, null, List.of());

  private final ObjectStore store = LoopbackAws.store();
  private final String bucket = LoopbackAws.newBucket();
  private final RunLedger run = new Ledger(store, bucket).job("vip", "job").run(1);
  private final CallLedger calls = run.calls(new ChunkId(0, 1));

  @Test
  void aChunkWithoutNotesStartsAtItsFirstCall() {
    assertThat(calls.read()).isEqualTo(NONE);
  }

  @Test
  void onlyOneNotesACall() {
    assertThat(calls.putSent(0, sent(1))).isTrue();
    assertThat(calls.putSent(0, sent(2))).isFalse();

    assertThat(calls.read()).isEqualTo(new NotedCalls(1, null, List.of(sent(1))));
  }

  @Test
  void theLatestReplyHoldsAllThatIsKnownAndTheCallsBehindItAreUnanswered() {
    for (int call = 0; call < 12; call++) {
      calls.putSent(call, sent(call));
    }
    calls.putReply(2, reply(2));
    calls.putReply(9, reply(9));

    assertThat(calls.read()).isEqualTo(new NotedCalls(12, reply(9), List.of(sent(10), sent(11))));
  }

  @Test
  void aReplyNeedsNoNoteOfItsCall() {
    calls.putReply(0, reply(0));

    assertThat(calls.read()).isEqualTo(new NotedCalls(1, reply(0), List.of()));
  }

  @Test
  void theNotesOfOtherChunksAreOthers() {
    run.calls(new ChunkId(0, 11)).putSent(0, sent(1));
    run.calls(new ChunkId(10, 1)).putSent(0, sent(1));

    assertThat(calls.read()).isEqualTo(NONE);
  }

  @Test
  void liesWhereTheLayoutOfTheLedgerSays() {
    calls.putSent(0, sent(1));
    calls.putReply(0, reply(1));

    assertThat(store.list(bucket, "", null).items())
        .containsExactly(
            "jobs/vip/job/runs/1/calls/0-1-0.reply", "jobs/vip/job/runs/1/calls/0-1-0.sent");
  }

  private static SentNote sent(int row) {
    return new SentNote(AT, List.of(new RowRange(row, row + 1000)));
  }

  private static ReplyNote reply(int row) {
    return new ReplyNote(
        AT,
        List.of(new RowRange(row, row)),
        List.of(new Rejection(20, Rejection.By.CLEVERTAP, "513", null, "a restricted name")),
        List.of(new OpenRows(OpenRows.State.UNKNOWN, "UNKNOWN_OUTCOME", "lost", List.of(21L))),
        List.of(List.of(new RowRange(30, 39)), List.of(new RowRange(40, 41), new RowRange(43, 43))),
        List.of(new RowRange(30, 30)),
        List.of(new RowRange(31, 31)),
        Map.of(32L, 2),
        7,
        new CallTotals(4, 3, 2, 1));
  }
}
