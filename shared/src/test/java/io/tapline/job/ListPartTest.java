package io.tapline.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.chunk.ChunkId;
import io.tapline.ledger.OpenRows;
import io.tapline.ledger.OpenRows.State;
import io.tapline.ledger.Outcome;
import io.tapline.ledger.Part;
import io.tapline.ledger.RowCounts;
import io.tapline.ledger.RunLedger;
import io.tapline.ledger.Stop;
import io.tapline.record.Mapped;
import io.tapline.record.Rejection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListPartTest {

  private static final ChunkId CHUNK = new ChunkId(2, 7);
  private static final Instant START = Instant.EPOCH;
  private static final Instant END = START.plusSeconds(1);
  private static final Rejection BAD =
      new Rejection(3, Rejection.By.TAPLINE, "LIST_TYPE", "type", "is neither g nor i");

  private final RunLedger run = new MemoryInstallation().ledger().job("vips", "job").run(1);

  @Test
  void holdsTheGoodRows() {
    Outcome outcome = write(List.of(member(1, "i,a\n"), member(2, "g,é\n")), List.of(BAD));

    assertThat(run.part(CHUNK)).asString(StandardCharsets.UTF_8).isEqualTo("i,a\ng,é\n");
    assertThat(outcome.part()).isEqualTo(new Part(2, 9));
    assertThat(outcome.ready()).isEqualTo(2);
    assertThat(outcome.rows()).isEqualTo(new RowCounts(3, 0, 1, 0, 0, 0, 0));
    assertThat(outcome.rejections()).containsExactly(BAD);
    assertThat(outcome.open()).isEmpty();
    assertThat(outcome.startedAt()).isEqualTo(START);
    assertThat(outcome.finishedAt()).isEqualTo(END);
    run.putOutcome(outcome);
    assertThat(run.outcome(CHUNK)).contains(outcome);
  }

  @Test
  void isNoneWhereNoRowIsGood() {
    Outcome outcome = write(List.of(), List.of(BAD));

    assertThat(outcome.part()).isNull();
    assertThat(outcome.ready()).isZero();
    assertThat(outcome.rows()).isEqualTo(new RowCounts(1, 0, 1, 0, 0, 0, 0));
  }

  @Test
  void isNoneOfAStoppedRun() {
    run.putStop(new Stop("BECAUSE", "of this", null));

    Outcome outcome = write(List.of(member(1, "i,a\n")), List.of(BAD));

    assertThat(outcome.part()).isNull();
    assertThat(outcome.rows()).isEqualTo(new RowCounts(2, 0, 1, 0, 0, 0, 1));
    assertThat(outcome.open())
        .containsExactly(
            new OpenRows(State.NOT_SENT, "BECAUSE", "the run was stopped", List.of(1L)));
  }

  private Outcome write(List<Mapped> members, List<Rejection> rejections) {
    return new ListPart(run, CHUNK, members, rejections).write(run.stop(), START, END);
  }

  private static Mapped member(long row, String line) {
    return new Mapped(row, "user", line.getBytes(StandardCharsets.UTF_8));
  }
}
