package io.tapline.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.aws.MemoryObjectStore;
import io.tapline.aws.SetClock;
import io.tapline.ledger.OpenRows.State;
import io.tapline.ledger.SegmentReply.Kind;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SegmentLedgerTest {

  private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
  private static final String FOLDER = "jobs/vips/job/runs/1/segment/";

  private final MemoryObjectStore store = new MemoryObjectStore(new SetClock());
  private final SegmentLedger segment =
      new Ledger(store, "work").job("vips", "job").run(1).segment();

  @Test
  void aTryIsOneCallersOnly() {
    assertThat(segment.putSent(SegmentStep.URL, 1, 1, NOW)).isTrue();
    assertThat(segment.putSent(SegmentStep.URL, 1, 1, NOW)).isFalse();
    assertThat(segment.putSent(SegmentStep.URL, 2, 2, NOW)).isTrue();

    assertThat(store.list("work", FOLDER, null).items())
        .containsExactly(FOLDER + "url-1.sent", FOLDER + "url-2.sent");
  }

  @Test
  void tellsTheTriesByStepAndNumber() {
    SegmentReply later =
        new SegmentReply(Kind.LATER, "503", "HTTP 503", null, null, NOW.plusSeconds(9), NOW);
    SegmentReply url = new SegmentReply(Kind.URL, null, null, "https://s3/x?y", null, null, NOW);
    SegmentReply done = new SegmentReply(Kind.COMPLETED, null, null, null, 5L, null, NOW);
    segment.putSent(SegmentStep.COMPLETE, 1, 10, NOW);
    segment.putReply(SegmentStep.COMPLETE, 1, done);
    segment.putSent(SegmentStep.PUT, 1, 10, NOW);
    for (int i = 10; i >= 9; i--) {
      segment.putSent(SegmentStep.URL, i, i, NOW);
      segment.putReply(SegmentStep.URL, i, i == 9 ? later : url);
      segment.putReply(SegmentStep.URL, i, done);
    }

    assertThat(segment.tries())
        .containsExactly(
            new SegmentTry(SegmentStep.URL, 9, 9, NOW, later),
            new SegmentTry(SegmentStep.URL, 10, 10, NOW, url),
            new SegmentTry(SegmentStep.PUT, 1, 10, NOW, null),
            new SegmentTry(SegmentStep.COMPLETE, 1, 10, NOW, done));
  }

  @Test
  void keepsTheFirstEnd() {
    assertThat(segment.end()).isEmpty();
    SegmentEnd first =
        SegmentEnd.stopped(State.NOT_SENT, new Stop("EMPTY_LIST", "none is good", null));

    segment.putEnd(first);
    segment.putEnd(SegmentEnd.completed(5L));

    assertThat(segment.end()).contains(first);
    assertThat(segment.tries()).isEmpty();
  }
}
