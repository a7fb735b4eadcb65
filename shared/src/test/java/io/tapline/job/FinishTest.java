package io.tapline.job;

import static io.tapline.job.Scene.KEY;
import static io.tapline.job.Scene.PROFILES;
import static io.tapline.job.Scene.SKIPPING;
import static io.tapline.job.Scene.SYNC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.tapline.aws.ForwardingStore;
import io.tapline.aws.MessageQueue;
import io.tapline.aws.TimeBudget;
import io.tapline.chunk.ChunkMessage;
import io.tapline.clevertap.CallTimes;
import io.tapline.clevertap.CleverTapApi;
import io.tapline.clevertap.ScriptedApi;
import io.tapline.ledger.Job;
import io.tapline.ledger.Mark;
import io.tapline.ledger.OpenRun;
import io.tapline.ledger.RowCounts;
import io.tapline.ledger.Stop;
import io.tapline.report.Report;
import io.tapline.report.Report.Status;
import io.tapline.report.Report.Warning;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FinishTest {

  private static final int RUN = 1;
  private static final Stop STOP = new Stop("BECAUSE", "of this", null);

  private final Scene scene = new Scene();
  private final Finish finish =
      new Finish(scene.installation(), new Release(scene.installation(), 2), Duration.ZERO);
  private int worked;

  @Test
  void closesARunWhenAllOutcomesAreThere() {
    Job job = staged(3500);
    assertThat(finish()).as("nothing is pushed").isEmpty();
    work(1);
    assertThat(finish()).as("a window to come").isEmpty();
    work(2);
    assertThat(finish()).as("one under way").isEmpty();
    work(1);

    Report report = finish().getFirst();

    assertThat(report.job()).isEqualTo(job.id());
    assertThat(report.status()).isEqualTo(Status.COMPLETED);
    assertThat(report.rows()).isEqualTo(new RowCounts(3500, 3500, 0, 0, 0, 0, 0));
    assertThat(report.chunks()).isEqualTo(new Report.Chunks(4, 4, 0));
    assertThat(scene.job(job).run(RUN).closed())
        .map(closed -> closed.rows())
        .contains(report.rows());
    assertThat(scene.job(job).report("report.json")).map(Report::parse).contains(report);
    assertThat(scene.ledger().openRuns()).isEmpty();
    assertThat(finish()).isEmpty();
  }

  @Test
  void leavesAJobAloneThatIsNotOpenedOrStaged() {
    scene.sync(SKIPPING);
    scene.open(KEY, "identity\na\n");
    scene.ledger().putOpen(new OpenRun(SYNC, "20200101T000000Z-0123456789abcdef", RUN));

    assertThat(finish()).isEmpty();
    assertThat(scene.ledger().openRuns()).hasSize(2);
  }

  @Test
  void closesAnExportWithoutRows() {
    scene.sync(SKIPPING);
    stage(scene.open(KEY, "identity\n"));

    Report report = finish().getFirst();

    assertThat(report.status()).isEqualTo(Status.COMPLETED);
    assertThat(report.rows()).isEqualTo(RowCounts.NONE);
    assertThat(report.warnings()).extracting(Warning::code).containsExactly("NO_ROWS");
  }

  @Test
  void closesAJobThatWasStoppedBeforeItsRelease() {
    scene.sync(PROFILES);
    Job job = scene.open(KEY, "identity,n\na,1\nnone,2\nb,3\n");
    stage(job);

    Report report = finish().getFirst();

    assertThat(report.status()).isEqualTo(Status.STOPPED);
    assertThat(report.stopped()).extracting(Stop::code).isEqualTo("INVALID_RECORD");
    assertThat(report.rows()).isEqualTo(new RowCounts(3, 0, 1, 0, 0, 0, 2));
    assertThat(report.reasons()).extracting(Report.Reason::firstRows).containsExactly(List.of(2L));
    assertThat(report.chunks().done()).isZero();
    assertThat(report.warnings()).isEmpty();
    assertThat(scene.job(job).report("rejects.csv"))
        .map(text -> new String(text, StandardCharsets.UTF_8))
        .hasValueSatisfying(text -> assertThat(text).contains("\r\nnone,2,2,523,"));
  }

  @Test
  void closesAStoppedRunWhenWhatWasQueuedHasItsOutcome() {
    Job job = staged(3500);
    finish();
    work(1);
    scene.job(job).run(RUN).putStop(STOP);
    assertThat(finish()).as("one is queued").isEmpty();
    work(1);

    Report report = finish().getFirst();

    assertThat(report.status()).isEqualTo(Status.STOPPED);
    assertThat(report.rows()).isEqualTo(new RowCounts(3500, 1000, 0, 0, 0, 0, 2500));
    assertThat(report.rows().addUp()).isTrue();
    assertThat(report.chunks()).isEqualTo(new Report.Chunks(4, 2, 0));
    assertThat(report.warnings()).extracting(Warning::code).containsExactly("ROWS_NOT_SENT");
  }

  /** A worker may be at one of its chunks, and what it sends has to be in the report. */
  @Test
  void waitsForTheWindowThatAStopMetHalfWay() {
    Job job = staged(3500);
    MessageQueue dead =
        new MessageQueue() {
          @Override
          public List<Message> send(List<Message> batch) {
            scene.parts().queue().send(batch);
            throw new Scene.Crash();
          }

          @Override
          public void changeVisibility(String receiptHandle, Duration timeout) {}
        };
    Release dying = new Release(scene.parts().with(noCalls(), dead), 2);
    assertThatThrownBy(() -> dying.release(job, mark(job), RUN, 0)).isInstanceOf(Scene.Crash.class);
    scene.job(job).run(RUN).putStop(STOP);

    assertThat(finish()).isEmpty();
    work(2);

    assertThat(finish().getFirst().rows()).isEqualTo(new RowCounts(3500, 0, 0, 0, 0, 0, 3500));
  }

  @Test
  void tellsOfARunAgainUntilItIsTold() {
    Job job = staged(10);
    finish();
    work(1);
    List<ClosedRun> tried = new ArrayList<>();

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> finish.finish(scene.unlimited(), run -> tryToTell(run, tried)))
          .isInstanceOf(Scene.Crash.class);
      assertThat(scene.job(job).run(RUN).closed()).isPresent();
      assertThat(scene.ledger().openRuns()).hasSize(1);
    }
    finish.finish(scene.unlimited(), tried::add);
    finish.finish(scene.unlimited(), tried::add);

    Report report = Report.parse(scene.job(job).report("report.json").orElseThrow());
    assertThat(tried)
        .containsExactly(
            new ClosedRun(report, null, null, false),
            new ClosedRun(report, null, null, true),
            new ClosedRun(report, null, null, true));
    assertThat(scene.ledger().openRuns()).isEmpty();
  }

  @Test
  void aRunThatAnotherOneClosedJustNowIsToldAgain() {
    Job job = staged(10);
    finish();
    work(1);
    Installation slower =
        scene.beforeWrites(
            (key, content) -> {
              if (key.endsWith("/closed.json")) {
                finish();
              }
            });
    List<ClosedRun> told = new ArrayList<>();

    new Finish(slower, Duration.ZERO).finish(scene.unlimited(), told::add);

    assertThat(told).extracting(ClosedRun::again).containsExactly(true);
    assertThat(scene.job(job).run(RUN).closed().orElseThrow().rows())
        .isEqualTo(told.getFirst().report().rows());
  }

  /** Its marker came back: who asks for a run puts the one of a run that is not over. */
  @Test
  void aRunThatALaterOneFollowsIsNotToldAgain() {
    Job job = staged(10);
    finish();
    work(1);
    finish();
    Report later = Reports.of(RowCounts.NONE, Status.COMPLETED);
    assertThat(later.runs()).isEqualTo(2);
    scene.job(job).putReport("report.json", later.toJson());
    scene.ledger().putOpen(new OpenRun(SYNC, job.id(), RUN));

    assertThat(finish()).isEmpty();
    assertThat(scene.ledger().openRuns()).isEmpty();
  }

  @Test
  void aRunThatCantBeToldKeepsNoOtherJobWaiting() {
    staged(10);
    scene.sync(SKIPPING + ",\"threadCount\":2");
    Job next = scene.open("vip/2.csv", "identity\na\n");
    stage(next);
    finish();
    work(1);

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(
              () -> finish.finish(scene.unlimited(), run -> tryToTell(run, new ArrayList<>())))
          .isInstanceOf(Scene.Crash.class);
    }

    assertThat(scene.job(next).run(RUN).latestReleased()).isPresent();
  }

  private static void tryToTell(ClosedRun run, List<ClosedRun> tried) {
    tried.add(run);
    throw new Scene.Crash();
  }

  @Test
  void releasesTheNextJobWhenAnOlderOneIsThrough() {
    staged(10);
    scene.sync(SKIPPING + ",\"threadCount\":2");
    Job next = scene.open("vip/2.csv", "identity\na\n");
    stage(next);
    finish();
    assertThat(scene.job(next).run(RUN).latestReleased()).isEmpty();
    work(1);

    assertThat(finish()).hasSize(1);
    assertThat(scene.job(next).run(RUN).latestReleased()).isPresent();
  }

  @Test
  void oneRunThatFailsDoesNotHoldTheOthers() {
    List<Job> jobs = new ArrayList<>();
    for (String sync : List.of("a", "b", "c")) {
      scene.sync(sync, sync + "/", SKIPPING);
      Job job = scene.open(sync + "/1.csv", "identity\n");
      stage(job);
      jobs.add(job);
    }
    Installation broken =
        scene.over(
            new ForwardingStore(scene.parts().store()) {
              @Override
              public void put(String bucket, String key, byte[] content) {
                if (key.endsWith("/report.json") && !key.startsWith("jobs/b/")) {
                  throw new Scene.Crash();
                }
                super.put(bucket, key, content);
              }
            });

    assertThatThrownBy(
            () -> new Finish(broken, Duration.ZERO).finish(scene.unlimited(), report -> {}))
        .isInstanceOf(Scene.Crash.class)
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));

    assertThat(scene.job(jobs.get(1)).run(RUN).closed()).isPresent();
    assertThat(scene.ledger().openRuns()).extracting(OpenRun::sync).containsExactly("a", "c");
    assertThat(finish()).as("the next time").hasSize(2);
  }

  @Test
  void beginsNoRunThatItMayNotEndInTime() {
    scene.sync(SKIPPING);
    stage(scene.open(KEY, "identity\n"));

    finish.finish(
        TimeBudget.of(scene.parts().clock(), Duration.ofSeconds(29)),
        run -> fail("closed " + run.report().job()));

    assertThat(scene.ledger().openRuns()).hasSize(1);
  }

  private List<Report> finish() {
    List<Report> closed = new ArrayList<>();
    finish.finish(scene.unlimited(), run -> closed.add(run.report()));
    return closed;
  }

  /** A staged job of one lane. */
  private Job staged(int rows) {
    scene.sync(SKIPPING + ",\"threadCount\":1");
    Job job =
        scene.open(
            KEY,
            IntStream.range(0, rows)
                .mapToObj(i -> "u" + i + "\n")
                .collect(Collectors.joining("", "identity\n", "")));
    stage(job);
    return job;
  }

  private Mark stage(Job job) {
    return new Staging(scene.installation()).stage(job, scene.unlimited()).orElseThrow();
  }

  private Mark mark(Job job) {
    return scene.job(job).lastMark().orElseThrow();
  }

  /** Pushes the next chunks of the queue; CleverTap takes everything. */
  private void work(int chunks) {
    CleverTapApi api =
        (connection, path, json, timeout) -> {
          long records =
              new String(json, StandardCharsets.UTF_8).split("\"identity\"", -1).length - 1;
          return ScriptedApi.answer(
              200, "{\"status\":\"success\",\"processed\":%d}".formatted(records));
        };
    Push push = new Push(scene.parts().with(api), 100);
    for (int i = 0; i < chunks; i++) {
      String body = scene.parts().queue().messages().get(worked++).body();
      push.push(ChunkMessage.parse(body), 1, scene.unlimited(), new CallTimes());
    }
  }

  private static CleverTapApi noCalls() {
    return new ScriptedApi(List.of());
  }
}
