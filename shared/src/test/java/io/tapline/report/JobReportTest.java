package io.tapline.report;

import static io.tapline.report.ClosedJob.NOW;
import static io.tapline.report.ClosedJob.OPENED;
import static io.tapline.report.ClosedJob.STOP;
import static io.tapline.report.ClosedJob.open;
import static io.tapline.report.ClosedJob.rejected;
import static io.tapline.report.ClosedJob.rejection;
import static io.tapline.report.ClosedJob.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.export.Row;
import io.tapline.ledger.OpenRows;
import io.tapline.ledger.OpenRows.State;
import io.tapline.ledger.RowCounts;
import io.tapline.record.ColumnTypes;
import io.tapline.record.Rejection;
import io.tapline.record.Rejection.By;
import io.tapline.report.Report.Status;
import io.tapline.report.Report.Warning;
import io.tapline.sync.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobReportTest {

  private final ClosedJob closed = new ClosedJob();

  @ParameterizedTest(name = "{7}: {8}")
  @CsvSource({
    // read, accepted, rejected, refused, failed, unknown, not sent
    "3, 3, 0, 0, 0, 0, 0, COMPLETED, all are delivered",
    "3, 2, 1, 0, 0, 0, 0, COMPLETED_WITH_REJECTIONS, one is rejected",
    "3, 2, 0, 1, 0, 0, 0, COMPLETED_WITH_REJECTIONS, one is refused",
    "4, 2, 1, 0, 1, 0, 0, FAILED, one failed",
    "4, 2, 0, 1, 0, 1, 0, FAILED, one is unknown",
    "4, 3, 0, 0, 0, 0, 1, FAILED, one is not sent",
    "4, 3, 0, 0, 0, 0, 0, FAILED, the sum is too small",
    "2, 3, 0, 0, 0, 0, 0, FAILED, the sum is too large",
  })
  void hasTheFirstStatusThatFits(
      long read,
      long accepted,
      long rejected,
      long refused,
      long failed,
      long unknown,
      long notSent,
      Status status,
      String rule) {
    closed.read = read;
    RowCounts counts = new RowCounts(read, accepted, rejected, refused, failed, unknown, notSent);
    List<OpenRows> open = new ArrayList<>();
    LongStream.range(0, failed).forEach(row -> open.addAll(open(State.FAILED, (int) row)));
    LongStream.range(0, unknown).forEach(row -> open.addAll(open(State.UNKNOWN, (int) row)));
    LongStream.range(0, notSent).forEach(row -> open.addAll(open(State.NOT_SENT, (int) row)));
    closed.putOutcome(0, 0, counts, List.of(), open, NOW);

    Report report = closed.report();

    assertThat(report.status()).isEqualTo(status);
    assertThat(report.rows()).isEqualTo(counts);
    assertThat(report.warnings().stream().anyMatch(w -> w.code().equals("DOES_NOT_ADD_UP")))
        .isEqualTo(!counts.addUp());

    closed.ledger.run(1).putStop(STOP);
    assertThat(closed.report().status()).isEqualTo(Status.STOPPED);
  }

  @Test
  void addsUpOutcomes() {
    closed.read = 9;
    closed.chunks = List.of(2, 1);
    closed.putChunk(0, 0, List.of());
    closed.putOutcome(
        0, 0, new RowCounts(4, 3, 1, 0, 0, 0, 0), List.of(rejection(2, "516")), List.of(), NOW);
    closed.putOutcome(
        1, 0, new RowCounts(4, 2, 0, 0, 2, 0, 0), List.of(), open(State.FAILED, 3, 4), NOW);
    closed.putOutcome(
        0, 1, new RowCounts(1, 0, 0, 0, 0, 1, 0), List.of(), open(State.UNKNOWN, 9), NOW);

    Report report = closed.report();

    assertThat(report.rows()).isEqualTo(new RowCounts(9, 5, 1, 0, 2, 1, 0));
    assertThat(report.calls()).isEqualTo(new Report.Calls(6, 3, 3));
    assertThat(report.sentAgainAfterUnknown()).isEqualTo(15);
    assertThat(report.chunks()).isEqualTo(new Report.Chunks(3, 2, 1));
    assertThat(report.startedAt()).isEqualTo(OPENED);
    assertThat(report.finishedAt()).isEqualTo(NOW);
    assertThat(report.warnings())
        .containsExactly(
            new Warning("ROWS_FAILED", "2 rows are failed (code 503); the first are 3, 4", "down"),
            new Warning("ROWS_UNKNOWN", "1 rows are unknown (code 503); the first are 9", "down"));
  }

  @Test
  void aStoppedRunCountsWhatIsInNoOutcomeAsNotSent() {
    closed.read = 10;
    closed.chunks = List.of(3);
    closed.putChunk(0, 0, List.of());
    closed.putOutcome(
        0, 0, new RowCounts(4, 3, 1, 0, 0, 0, 0), List.of(rejection(2, "516")), List.of(), NOW);
    closed.ledger.run(1).putStop(STOP);

    assertThat(closed.report().rows()).isEqualTo(new RowCounts(10, 3, 1, 0, 0, 0, 6));
    assertThat(closed.report().stopped()).isEqualTo(STOP);
  }

  @Test
  void aRunThatPushedNothingTellsWhatStagingFound() {
    closed.read = 10;
    closed.invalid = List.of(rejection(1, "516"), rejection(3, "516"));
    closed.invalidCount = 5;
    closed.putChunk(
        0, 0, IntStream.rangeClosed(1, 10).mapToObj(i -> (Row) row(i, "u" + i, "1")).toList());
    closed.ledger.run(1).putStop(STOP);

    Report report = closed.report();

    assertThat(report.rows()).isEqualTo(new RowCounts(10, 0, 5, 0, 0, 0, 5));
    assertThat(report.reasons()).extracting(Report.Reason::count).containsExactly(2L);
    assertThat(report.warnings())
        .containsExactly(
            new Warning("INVALID_ROWS_NOT_LISTED", "5 rows are invalid; 2 of them are listed"));
    assertThat(closed.rejects()).contains("u1,1,1,516,", "u3,1,3,516,").doesNotContain("u2");
  }

  @Test
  void groupsReasonsWithTheirFirstTenRows() {
    closed.read = 60;
    closed.chunks = List.of(3);
    List<Rejection> many =
        LongStream.rangeClosed(1, 30)
            .mapToObj(i -> new Rejection(61 - i, By.TAPLINE, "516", "phone", "phone " + (61 - i)))
            .toList();
    closed.putChunk(0, 0, List.of());
    closed.putChunk(0, 1, List.of());
    closed.putChunk(0, 2, List.of());
    closed.putOutcome(0, 0, rejected(30), many, List.of(), NOW);
    closed.putOutcome(
        0,
        1,
        rejected(28),
        LongStream.rangeClosed(1, 28)
            .mapToObj(i -> new Rejection(i, By.TAPLINE, "516", "phone", "phone " + i))
            .toList(),
        List.of(),
        NOW);
    closed.putOutcome(
        0,
        2,
        rejected(2),
        List.of(
            new Rejection(30, By.CLEVERTAP, "516", null, "Phone"),
            new Rejection(29, By.TAPLINE, "516", "mobile", "mobile")),
        List.of(),
        NOW);

    assertThat(closed.report().reasons())
        .containsExactly(
            new Report.Reason(
                "tapline",
                "516",
                "phone",
                58,
                "phone 1",
                LongStream.rangeClosed(1, 10).boxed().toList(),
                List.of()),
            new Report.Reason("tapline", "516", "mobile", 1, "mobile", List.of(29L), List.of()),
            new Report.Reason("clevertap", "516", null, 1, "Phone", List.of(30L), List.of()));
  }

  @Test
  void tellsWhatHappenedWhenInAtMost120Points() {
    closed.read = 1000;
    closed.chunks = List.of(1000);
    for (int i = 0; i < 1000; i++) {
      closed.putOutcome(
          0,
          i,
          new RowCounts(1, 1, 0, 0, 0, 0, 0),
          List.of(),
          List.of(),
          OPENED.plusSeconds(7L * i));
    }

    List<Report.Point> points = closed.report().timeline();

    assertThat(points).hasSizeBetween(60, 120);
    assertThat(points.getFirst().at()).isEqualTo(OPENED);
    assertThat(points).extracting(Report.Point::at).isSorted();
    assertThat(points.stream().mapToLong(Report.Point::rows).sum()).isEqualTo(1000);
    assertThat(points.stream().mapToLong(Report.Point::calls).sum()).isEqualTo(2000);
    assertThat(points.stream().mapToLong(Report.Point::throttled).sum()).isEqualTo(1000);
  }

  @Test
  void aShortJobHasAPointASecond() {
    closed.read = 3;
    closed.chunks = List.of(3);
    for (int i = 0; i < 3; i++) {
      closed.putOutcome(
          0,
          i,
          new RowCounts(1, 1, 0, 0, 0, 0, 0),
          List.of(),
          List.of(),
          OPENED.plusMillis(600L * i));
    }

    assertThat(closed.report().timeline())
        .containsExactly(
            new Report.Point(OPENED, 2, 4, 2), new Report.Point(OPENED.plusSeconds(1), 1, 2, 1));
  }

  @Test
  void tellsHowColumnsAreSent() {
    closed.types =
        new ColumnTypes(
            List.of(
                new ColumnTypes.TypedColumn(
                    "phone", "Phone", List.of(ColumnType.STRING), ColumnTypes.Origin.KNOWN_FIELD),
                new ColumnTypes.TypedColumn("x", "x", List.of(), ColumnTypes.Origin.INFERRED),
                new ColumnTypes.TypedColumn("y", "y", List.of(), ColumnTypes.Origin.IGNORED)),
            List.of(new ColumnTypes.Warning("TYPE_WIDENED", "x", "x is wider now")));
    closed.read = 1;
    closed.putOutcome(0, 0, new RowCounts(1, 1, 0, 0, 0, 0, 0), List.of(), List.of(), NOW);

    assertThat(closed.report().columns())
        .containsExactly(
            new Report.SentColumn("phone", "Phone", "string"),
            new Report.SentColumn("x", "x", null),
            new Report.SentColumn("y", null, null));
    assertThat(closed.report().warnings())
        .containsExactly(new Warning("TYPE_WIDENED", "x is wider now"));
  }

  @Test
  void tellsTheColumnsOfAnExportThatWasNotReadToItsEnd() {
    closed.ledger.run(1).putStop(STOP);

    assertThat(closed.report().columns())
        .containsExactly(
            new Report.SentColumn("identity", "identity", null),
            new Report.SentColumn("phone", "phone", null));
  }

  @Test
  void warnsOfRowsThatWereNotKept() {
    closed.skipped = 1234;
    assertThat(closed.report().warnings().stream().map(Warning::code))
        .containsExactly("NO_ROWS", "ROWS_NOT_KEPT");
    assertThat(closed.report().warnings().getLast().message()).startsWith("1,234 rows");
  }
}
