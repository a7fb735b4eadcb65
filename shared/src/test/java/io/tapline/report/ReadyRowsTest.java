package io.tapline.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.aws.MemoryObjectStore;
import io.tapline.aws.SetClock;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.OpenRows.State;
import io.tapline.ledger.Outcome;
import io.tapline.ledger.Part;
import io.tapline.ledger.RowCounts;
import io.tapline.ledger.RunLedger;
import io.tapline.ledger.SegmentEnd;
import io.tapline.ledger.SegmentReply;
import io.tapline.ledger.SegmentReply.Kind;
import io.tapline.ledger.SegmentStep;
import io.tapline.ledger.Stop;
import io.tapline.report.Report.Warning;
import io.tapline.sync.CustomListSettings;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadyRowsTest {

  private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
  private static final Stop STOP = new Stop("BECAUSE", "of this", null);
  private static final CustomListSettings CREATE =
      new CustomListSettings("VIPs", "admin@example.com", "Tapline", false);
  private static final CustomListSettings UPDATE =
      new CustomListSettings("VIPs", "admin@example.com", "Tapline", true);

  private final JobLedger job =
      new Ledger(new MemoryObjectStore(new SetClock()), "work").job("vips", "job");
  private final RunLedger run = job.run(1);
  private int chunks;
  private final OutcomeTally tally = new OutcomeTally(false);

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    // accepted, failed, unknown, not sent
    "completed, 5, 0, 0, 0, 0, ",
    "FAILED,    0, 5, 0, 0, 2, 'all 5 good rows of the list are failed (code CODE): why'",
    "UNKNOWN,   0, 0, 5, 0, 0, 'all 5 good rows of the list are unknown (code CODE): why'",
    "NOT_SENT,  0, 0, 0, 5, 0, 'all 5 good rows of the list are not sent (code CODE): why'",
    "stopped,   0, 0, 0, 5, 0,"
        + " 'all 5 good rows of the list are not sent (code BECAUSE): the run was stopped'",
    "open,      0, 0, 0, 0, 0, ",
  })
  void shareTheFateOfTheirList(
      String end,
      long accepted,
      long failed,
      long unknown,
      long notSent,
      long failedChunks,
      @Nullable String warning) {
    add(3);
    add(2);
    switch (end) {
      case "completed" -> run.segment().putEnd(SegmentEnd.completed(7L));
      case "stopped" -> run.putStop(STOP);
      case "open" -> {}
      default -> run.segment().putEnd(SegmentEnd.left(State.valueOf(end), "CODE", "why"));
    }

    ReadyRows ready = ReadyRows.of(job, 1, tally);

    assertThat(ready.settled())
        .isEqualTo(new RowCounts(0, accepted, 0, 0, failed, unknown, notSent));
    assertThat(ready.failedChunks()).isEqualTo(failedChunks);
    assertThat(ready.warning().map(Warning::message).orElse(null)).isEqualTo(warning);
    assertThat(ready.segment(CREATE) == null).isEqualTo(accepted == 0);
  }

  @Test
  void areAcceptedThoughTheRunWasStoppedAfterwards() {
    add(3);
    run.segment().putEnd(SegmentEnd.completed(7L));
    run.putStop(STOP);

    assertThat(ReadyRows.of(job, 1, tally).settled().accepted()).isEqualTo(3);
  }

  @Test
  void shareTheFateOfTheirListInTheLastRun() {
    add(3);
    run.segment().putEnd(SegmentEnd.left(State.FAILED, "503", "why"));
    put(SegmentStep.URL, 1, Kind.LATER, "503");
    job.run(2).segment().putEnd(SegmentEnd.completed(7L));

    ReadyRows ready = ReadyRows.of(job, 2, tally);

    assertThat(ready.settled().accepted()).isEqualTo(3);
    assertThat(ready.calls().total()).isEqualTo(1);
  }

  @Test
  void giveNoWarningWhereThereAreNone() {
    run.segment().putEnd(SegmentEnd.left(State.FAILED, "LIST_INCOMPLETE", "why"));

    assertThat(ReadyRows.of(job, 1, tally).warning()).isEmpty();
  }

  @Test
  void tellTheSegment() {
    run.segment().putEnd(SegmentEnd.completed(null));
    ReadyRows ready = ReadyRows.of(job, 1, tally);

    assertThat(ready.segment(CREATE))
        .isEqualTo(new Report.Segment(null, "VIPs", "CREATE_NEW_SEGMENT"));
    assertThat(ready.segment(UPDATE))
        .isEqualTo(new Report.Segment(null, "VIPs", "UPDATE_EXISTING_SEGMENT"));
    assertThat(ready.segment(null)).isNull();
  }

  @Test
  void countTheCallsOfTheirList() {
    put(SegmentStep.URL, 1, Kind.LATER, "429");
    put(SegmentStep.URL, 2, Kind.URL, null);
    run.segment().putSent(SegmentStep.PUT, 1, 2, NOW);
    put(SegmentStep.COMPLETE, 1, Kind.NOT_TRIED, "CONNECTION_UNUSABLE");

    assertThat(ReadyRows.of(job, 1, tally).calls()).isEqualTo(new Report.Calls(3, 1, 1));
    assertThat(ReadyRows.NONE.calls()).isEqualTo(new Report.Calls(0, 0, 0));
  }

  private void add(int ready) {
    tally.add(
        new Outcome(
            0,
            chunks++,
            new RowCounts(ready, 0, 0, 0, 0, 0, 0),
            List.of(),
            List.of(),
            0,
            0,
            0,
            0,
            NOW,
            NOW,
            null,
            new Part(ready, 9)),
        null);
  }

  private void put(SegmentStep step, int number, Kind kind, @Nullable String code) {
    run.segment().putSent(step, number, 2, NOW);
    run.segment()
        .putReply(step, number, new SegmentReply(kind, code, "why", null, null, null, NOW));
  }
}
