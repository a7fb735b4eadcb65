package io.tapline.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.aws.TimeBudget;
import io.tapline.clevertap.Reply;
import io.tapline.job.Redrives.Answer;
import io.tapline.job.SegmentCleverTap.Effect;
import io.tapline.ledger.Closed;
import io.tapline.ledger.OpenRun;
import io.tapline.ledger.RowCounts;
import io.tapline.ledger.SegmentStep;
import io.tapline.ledger.Stop;
import io.tapline.report.Report;
import io.tapline.report.Report.Status;
import io.tapline.report.Report.Warning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the finalizer closes the run of a custom list. */
class FinishListTest {

  private final SegmentCleverTap cleverTap = new SegmentCleverTap();
  private final ListScene scene = new ListScene(false);
  private List<WaitingList> waiting = List.of();

  @Test
  void reportsTheSegment() {
    scene.chunk(0, "i,a\n", "i,b\n");
    scene.chunk(1, "g,c\n");
    scene.open();

    Report report = finish().getFirst();

    assertThat(report.status()).isEqualTo(Status.COMPLETED);
    assertThat(report.rows()).isEqualTo(new RowCounts(3, 3, 0, 0, 0, 0, 0));
    assertThat(report.segment()).isEqualTo(new Report.Segment(77L, "VIPs", "CREATE_NEW_SEGMENT"));
    assertThat(report.calls()).isEqualTo(new Report.Calls(3, 0, 0));
    assertThat(report.chunks()).isEqualTo(new Report.Chunks(2, 2, 0));
    assertThat(report.warnings()).isEmpty();
    assertThat(scene.ledger().report("report.json")).map(Report::parse).contains(report);
    assertThat(scene.parts().ledger().openRuns()).isEmpty();
  }

  @Test
  void leavesTheRunOpenWhileItsListHasToWait() {
    scene.chunk(0, "i,a\n");
    scene.open();
    cleverTap.fail(SegmentStep.PUT, 503, "");

    assertThat(finish()).isEmpty();
    assertThat(waiting)
        .containsExactly(
            new WaitingList(
                new OpenRun(ListScene.SYNC, ListScene.JOB, 1),
                scene.parts().clock().instant().plusSeconds(5),
                "the step PUT failed with 503"));

    scene.parts().clock().sleep(Duration.ofSeconds(5));
    assertThat(finish()).extracting(Report::status).containsExactly(Status.COMPLETED);
    assertThat(waiting).isEmpty();
  }

  /** Else an older list could replace a newer one that was put while it had to wait. */
  @Test
  void letsAnOlderListOfTheSyncGoFirst() {
    scene.chunk(0, "i,a\n");
    scene.open();
    OpenRun older = new OpenRun(ListScene.SYNC, "20261123T000000Z-0123456789abcdef", 1);
    scene.parts().ledger().putOpen(older);
    scene.parts().ledger().putOpen(new OpenRun("other", older.job(), 1));

    assertThat(finish()).isEmpty();
    assertThat(waiting)
        .extracting(WaitingList::reason)
        .containsExactly("an older list of its sync goes first");
    assertThat(cleverTap.calls()).isEmpty();

    scene.parts().ledger().deleteOpen(older);
    assertThat(finish()).hasSize(1);
  }

  @Test
  void waitsForNoOlderListThatIsClosed() {
    scene.chunk(0, "i,a\n");
    scene.open();
    OpenRun older = new OpenRun(ListScene.SYNC, "20261123T000000Z-0123456789abcdef", 1);
    scene.parts().ledger().putOpen(older);
    scene
        .parts()
        .ledger()
        .job(older.sync(), older.job())
        .run(1)
        .putClosed(new Closed(RowCounts.NONE, "COMPLETED", scene.parts().clock().instant()));

    assertThat(finish()).hasSize(1);
  }

  @Test
  void stopsAJobWhoseRowsAreAllBad() {
    scene.outcome(0, new RowCounts(2, 0, 2, 0, 0, 0, 0));
    scene.open();

    Report report = finish().getFirst();

    assertThat(report.status()).isEqualTo(Status.STOPPED);
    assertThat(report.stopped()).extracting(Stop::code).isEqualTo("EMPTY_LIST");
    assertThat(report.rows()).isEqualTo(new RowCounts(2, 0, 2, 0, 0, 0, 0));
    assertThat(report.calls().total()).isZero();
    assertThat(report.segment()).isNull();
  }

  @Test
  void failsTheGoodRowsOfAListThatIsIncomplete() {
    scene.chunk(0, "i,a\n", "i,b\n");
    scene.outcome(0, new RowCounts(3, 0, 1, 0, 2, 0, 0));
    scene.open();

    Report report = finish().getFirst();

    assertThat(report.status()).isEqualTo(Status.FAILED);
    assertThat(report.rows()).isEqualTo(new RowCounts(5, 0, 1, 0, 4, 0, 0));
    assertThat(report.chunks()).isEqualTo(new Report.Chunks(2, 0, 2));
    assertThat(report.warnings())
        .extracting(Warning::message)
        .containsExactly(
            "2 rows are failed (code OUT_OF_TIME): over; the first are 1, 2",
            "all 2 good rows of the list are failed (code LIST_INCOMPLETE): a list is uploaded"
                + " whole or not at all, and 2 of its rows are left open");
  }

  @Test
  void sendsNothingOfAStoppedRun() {
    scene.chunk(0, "i,a\n");
    scene.outcome(0, new RowCounts(1, 0, 0, 0, 0, 0, 1));
    scene.open();
    scene.run().putStop(new Stop("BECAUSE", "of this", null));

    Report report = finish().getFirst();

    assertThat(report.status()).isEqualTo(Status.STOPPED);
    assertThat(report.rows()).isEqualTo(new RowCounts(2, 0, 0, 0, 0, 0, 2));
    assertThat(report.calls().total()).isZero();
    assertThat(cleverTap.calls()).isEmpty();
  }

  @Test
  void aRedriveRepeatsTheSegmentAlone() {
    scene.chunk(0, "i,a\n");
    scene.chunk(0, "i,b\n");
    scene.open();
    cleverTap.fail(SegmentStep.COMPLETE, 400, "{\"status\":\"fail\",\"error\":\"duplicate_name\"}");
    Report first = finish().getFirst();
    assertThat(first.status()).isEqualTo(Status.FAILED);
    assertThat(first.rows()).isEqualTo(new RowCounts(2, 0, 0, 0, 2, 0, 0));

    assertThat(ask(false)).isEqualTo(new Answer.Asked(2));
    Report second = finish().getFirst();

    assertThat(scene.parts().queue().messages()).as("no chunk is pushed again").isEmpty();
    assertThat(cleverTap.lists()).last().isEqualTo("Type,Identity\ni,a\ni,b\n");
    assertThat(second.status()).isEqualTo(Status.COMPLETED);
    assertThat(second.rows()).isEqualTo(new RowCounts(2, 2, 0, 0, 0, 0, 0));
    assertThat(second.calls().total()).isEqualTo(6);
    assertThat(second.segment()).isNotNull();
    assertThat(second.warnings()).isEmpty();
    assertThat(refusal(false)).contains("nothing of job").contains("is open");
  }

  @Test
  void aRedriveDoesNotMakeASecondSegmentUnasked() {
    scene.chunk(0, "i,a\n");
    scene.open();
    cleverTap.fail(SegmentStep.COMPLETE, new Reply.Lost("reset"), Effect.NONE);
    assertThat(finish().getFirst().rows().unknown()).isEqualTo(1);

    assertThat(refusal(false)).contains("segment \"VIPs\"").contains("--unknown");
    assertThat(ask(true)).isEqualTo(new Answer.Asked(2));

    assertThat(finish().getFirst().rows().accepted()).isEqualTo(1);
  }

  /** It may be on the segment since the first run, whatever the second one is told. */
  @Test
  void whatMayHaveBeenTakenOnceStaysUnknown() {
    scene.chunk(0, "i,a\n");
    scene.open();
    cleverTap.fail(SegmentStep.COMPLETE, new Reply.Lost("reset"), Effect.NONE);
    finish();
    ask(true);
    cleverTap.fail(SegmentStep.COMPLETE, 400, "{\"status\":\"fail\",\"error\":\"duplicate_name\"}");

    assertThat(finish().getFirst().rows()).isEqualTo(new RowCounts(1, 0, 0, 0, 0, 1, 0));
    assertThat(refusal(false)).contains("--unknown");
  }

  @Test
  void aRedriveDoesNotHelpAnEmptyList() {
    scene.outcome(0, new RowCounts(2, 0, 2, 0, 0, 0, 0));
    scene.open();
    finish();

    assertThat(refusal(false)).contains("would stop again (EMPTY_LIST)");
  }

  private Answer ask(boolean unknown) {
    return new Redrives(scene.parts().ledger(), scene.parts().clock())
        .ask(scene.job(), false, unknown);
  }

  private String refusal(boolean unknown) {
    return ((Answer.Refused) ask(unknown)).message();
  }

  private List<Report> finish() {
    List<Report> closed = new ArrayList<>();
    Finish finish = new Finish(scene.parts().with(cleverTap), Duration.ofMinutes(16));
    waiting =
        finish.finish(TimeBudget.unlimited(scene.parts().clock()), run -> closed.add(run.report()));
    return closed;
  }
}
