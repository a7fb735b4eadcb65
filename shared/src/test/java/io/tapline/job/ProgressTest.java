package io.tapline.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.ledger.NotedCalls;
import io.tapline.ledger.OpenRows;
import io.tapline.ledger.ReplyNote;
import io.tapline.ledger.RowRange;
import io.tapline.ledger.SentNote;
import io.tapline.sync.UnknownOutcome;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProgressTest {

  private static final Instant AT = Instant.parse("2026-11-24T00:00:00Z");

  private final CheckedRows rows = Chunks.rows("abcdefgh");

  @Test
  void comesBackFromItsNoteAsItWas() {
    ReplyNote note = everything().note(AT);

    Progress again =
        Progress.resume(rows, new NotedCalls(3, note, List.of()), UnknownOutcome.RESEND);

    assertThat(again.note(AT)).isEqualTo(note);
    assertThat(Chunks.told(again.fates())).isEqualTo(Chunks.told(everything().fates()));
    assertThat(again.countServerError(5)).isEqualTo(3);
    assertThat(again.waiting().first())
        .as("calls in the order in which they were to be made")
        .isEqualTo(Batch.again(List.of(3)));
    assertThat(again.hasMoved()).isFalse();
  }

  @Test
  void aChunkWithoutNotesIsBegun() {
    Progress begun = Progress.resume(rows, new NotedCalls(0, null, List.of()), UnknownOutcome.HOLD);

    assertThat(begun.waiting().batches()).containsExactly(Batch.first(8));
    assertThat(begun.counts().retries()).isZero();
  }

  /** The call with rows 14 to 16 got lost, and one of them was lost before. */
  @ParameterizedTest
  @EnumSource(UnknownOutcome.class)
  void rowsOfALostCallGoByWhatTheSyncSays(UnknownOutcome unknownOutcome) {
    SentNote lost = new SentNote(AT, List.of(new RowRange(14, 16)));
    Progress progress =
        Progress.resume(
            rows, new NotedCalls(4, everything().note(AT), List.of(lost)), unknownOutcome);

    boolean held = unknownOutcome == UnknownOutcome.HOLD;
    assertThat(progress.fates().of(held ? Fate.UNKNOWN_OUTCOME : Fate.LOST))
        .containsExactly(3, 4, 5);
    assertThat(progress.waiting().batches())
        .containsExactlyElementsOf(
            held
                ? List.of(Batch.again(List.of(6, 7)))
                : List.of(Batch.again(List.of(3)), Batch.again(List.of(4, 5, 6, 7))));
    assertThat(progress.counts().calls()).isEqualTo(1);
    assertThat(progress.counts().recordsSentAgain()).isEqualTo(1);
  }

  private Progress everything() {
    Progress progress = Progress.start(rows);
    progress.waiting().removeFirst();
    progress.waiting().addFirst(List.of(Batch.again(List.of(4, 5, 6, 7))));
    progress.waiting().addFirst(List.of(Batch.again(List.of(3))));
    Fates fates = progress.fates();
    fates.put(0, Fate.ACCEPTED);
    fates.put(1, new Fate.Refused("513", "a restricted name"));
    fates.put(2, new Fate.Open(OpenRows.State.UNKNOWN, "UNACCOUNTED", "it does not add up"));
    fates.lose(List.of(3, 4));
    fates.resend(List.of(4));
    progress.countServerError(5);
    progress.countServerError(5);
    return progress;
  }
}
