package io.tapline.job;

import static io.tapline.clevertap.ScriptedApi.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapline.aws.MessageQueue.Message;
import io.tapline.chunk.ChunkMessage;
import io.tapline.clevertap.CallTimes;
import io.tapline.clevertap.CleverTapApi;
import io.tapline.clevertap.Reply;
import io.tapline.job.Redrives.Answer;
import io.tapline.ledger.Job;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.OpenRun;
import io.tapline.ledger.Redrive;
import io.tapline.ledger.RowCounts;
import io.tapline.ledger.Stop;
import io.tapline.report.Report;
import io.tapline.report.Report.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RedrivesTest {

  private static final Pattern IDENTITY = Pattern.compile("\"identity\":\"([^\"]+)\"");
  private static final Reply DOWN = answer(503, "");
  private static final int LAST_RECEIVE = 1;

  private final Scene scene = new Scene();
  private final Redrives redrives = new Redrives(scene.ledger(), scene.parts().clock());
  private final List<String> received = new ArrayList<>();
  private @Nullable Reply trouble;
  private int worked;

  @Test
  void sendsJustTheRowsThatAreOpen() {
    Job job = job(Scene.SKIPPING + ",\"threadCount\":1", 2500);
    work(1);
    trouble = DOWN;
    work(1);
    trouble = null;
    work(1);
    assertThat(finish().rows()).isEqualTo(new RowCounts(2500, 1500, 0, 0, 1000, 0, 0));
    received.clear();

    assertThat(ask(job)).isEqualTo(new Answer.Asked(2));
    assertThat(finish(1)).isEmpty();
    work(1);
    Report report = finish();

    assertThat(received).hasSize(1000).startsWith("u1000").endsWith("u1999");
    assertThat(report.rows()).isEqualTo(new RowCounts(2500, 2500, 0, 0, 0, 0, 0));
    assertThat(report.status()).isEqualTo(Status.COMPLETED);
    assertThat(report.runs()).isEqualTo(2);
    assertThat(report.chunks()).isEqualTo(new Report.Chunks(3, 3, 0));
    assertThat(report.calls().total()).isEqualTo(3 + 3);
    assertThat(report.warnings()).isEmpty();
    assertThat(scene.ledger().openRuns()).isEmpty();
    assertThat(refusal(job)).contains("nothing of job").contains("is open");
  }

  @Test
  void goesOnFromRunToRun() {
    Job job = job(Scene.SKIPPING + ",\"threadCount\":1", 2500);
    trouble = DOWN;
    work(3);
    finish();
    ask(job);
    finish(1);
    work(1);
    trouble = null;
    work(2);
    assertThat(finish().rows()).isEqualTo(new RowCounts(2500, 1500, 0, 0, 1000, 0, 0));

    assertThat(ask(job)).isEqualTo(new Answer.Asked(3));
    finish(1);
    work(1);

    assertThat(finish().rows()).isEqualTo(new RowCounts(2500, 2500, 0, 0, 0, 0, 0));
    assertThat(received).doesNotHaveDuplicates().hasSize(2500);
  }

  @Test
  void tellsOfARunBeforeTheReportOfTheNextOneReplacesItsOwn() {
    Job job = failedJob();
    scene.ledger().putOpen(new OpenRun(job.sync(), job.id(), 1)); // as one that could not be told
    ask(job);
    trouble = null;
    List<ClosedRun> told = new ArrayList<>();
    Consumer<ClosedRun> fails =
        run -> {
          throw new Scene.Crash();
        };
    Finish finish = new Finish(scene.installation(), Duration.ZERO);

    assertThatThrownBy(() -> finish.finish(scene.unlimited(), fails))
        .isInstanceOf(Scene.Crash.class);
    work(1);
    assertThatThrownBy(() -> finish.finish(scene.unlimited(), fails))
        .isInstanceOf(Scene.Crash.class);
    assertThat(received).as("the next run goes on").hasSize(10);
    finish.finish(scene.unlimited(), told::add);
    finish.finish(scene.unlimited(), told::add);

    assertThat(told).extracting(run -> run.report().runs()).containsExactly(1, 2);
    assertThat(told).extracting(ClosedRun::again).containsExactly(true, false);
    assertThat(told)
        .extracting(run -> run.report().rows())
        .containsExactly(
            new RowCounts(10, 0, 0, 0, 10, 0, 0), new RowCounts(10, 10, 0, 0, 0, 0, 0));
    assertThat(told.getLast().before()).isEqualTo(told.getFirst().report().rows());
    assertThat(scene.ledger().openRuns()).isEmpty();
  }

  @Test
  void takesUpWhatAStoppedRunDidNotQueue() {
    Job job = job(Scene.SKIPPING + ",\"threadCount\":1", 3500);
    trouble = answer(401, "");
    work(1);
    work(1);
    trouble = null;
    Report stopped = finish();
    assertThat(stopped.status()).isEqualTo(Status.STOPPED);
    assertThat(stopped.rows()).isEqualTo(new RowCounts(3500, 0, 0, 0, 0, 0, 3500));

    ask(job);
    finish(1);
    work(2);
    finish(1);
    work(2);
    Report report = finish();

    assertThat(report.status()).isEqualTo(Status.COMPLETED);
    assertThat(report.stopped()).isNull();
    assertThat(report.rows()).isEqualTo(new RowCounts(3500, 3500, 0, 0, 0, 0, 0));
    assertThat(received).doesNotHaveDuplicates().hasSize(3500);
  }

  @Test
  void keepsTheRejectionsOfEarlierRuns() {
    scene.sync(Scene.SKIPPING + ",\"threadCount\":1");
    Job job = scene.open(Scene.KEY, "identity\nu0\nnone\nu2\n");
    stage(job);
    trouble = DOWN;
    work(1);
    assertThat(finish().rows()).isEqualTo(new RowCounts(3, 0, 1, 0, 2, 0, 0));

    ask(job);
    finish(1);
    trouble = null;
    work(1);
    Report report = finish();

    assertThat(report.rows()).isEqualTo(new RowCounts(3, 2, 1, 0, 0, 0, 0));
    assertThat(report.status()).isEqualTo(Status.COMPLETED_WITH_REJECTIONS);
    assertThat(report.reasons()).extracting(Report.Reason::count).containsExactly(1L);
    assertThat(scene.job(job).report("rejects.csv"))
        .map(text -> new String(text, StandardCharsets.UTF_8))
        .hasValueSatisfying(text -> assertThat(text).contains("\r\nnone,2,523,"));
  }

  @Test
  void holdsEventsOfAnUnknownCallBackUnlessAskedFor() {
    Job job = job(Scene.EVENTS + ",\"threadCount\":1,\"unknownOutcome\":\"hold\"", 1500);
    trouble = new Reply.Lost("the connection broke");
    work(1);
    trouble = DOWN;
    work(1);
    assertThat(finish().rows()).isEqualTo(new RowCounts(1500, 0, 0, 0, 500, 1000, 0));

    ask(job);
    finish(1);
    trouble = null;
    work(1);
    Report report = finish();

    assertThat(report.rows()).isEqualTo(new RowCounts(1500, 500, 0, 0, 0, 1000, 0));
    assertThat(report.status()).isEqualTo(Status.FAILED);
    assertThat(refusal(job)).contains("--unknown").contains("count twice");
    assertThat(redrives.ask(job, false, true)).isEqualTo(new Answer.Asked(3));
    finish(1);
    work(1);
    assertThat(finish().rows()).isEqualTo(new RowCounts(1500, 1500, 0, 0, 0, 0, 0));
    assertThat(received).doesNotHaveDuplicates().hasSize(1500);
  }

  /** CleverTap may have them since the first run, whatever becomes of the second. */
  @Test
  void whatIsUnknownOnceIsNeverNotSent() {
    Job job = job(Scene.EVENTS + ",\"threadCount\":1,\"unknownOutcome\":\"hold\"", 1000);
    trouble = new Reply.Lost("the connection broke");
    work(1);
    finish();

    redrives.ask(job, false, true);
    finish(1);
    trouble = answer(401, "");
    work(1);
    Report stopped = finish();
    assertThat(stopped.rows()).isEqualTo(new RowCounts(1000, 0, 0, 0, 0, 1000, 0));
    assertThat(refusal(job)).contains("--unknown");

    redrives.ask(job, false, true);
    finish(1);
    trouble = null;
    work(1);
    Report report = finish();
    assertThat(report.rows()).isEqualTo(new RowCounts(1000, 1000, 0, 0, 0, 0, 0));
    assertThat(report.sentAgainAfterUnknown()).isBetween(1000L, 3000L);
  }

  @Test
  void isOfferedForAJobThatIsOverOnly() {
    Job job = job(Scene.SKIPPING + ",\"threadCount\":1", 10);
    assertThat(refusal(job)).contains("run 1").contains("not over");
    trouble = DOWN;
    work(1);
    finish();
    ask(job);

    assertThat(refusal(job)).contains("run 2").contains("not over");
  }

  @Test
  void isMarkedOpenByTheNextOneWhoAsksIfTheFirstDied() {
    Job job = failedJob();
    ask(job);
    scene.ledger().deleteOpen(scene.ledger().openRuns().getFirst());

    ask(job);

    assertThat(scene.ledger().openRuns()).extracting("run").containsExactly(2);
  }

  @Test
  void isAskedForOnce() {
    Job job = failedJob();
    Ledger beaten =
        scene
            .beforeWrites(
                (key, content) -> {
                  if (key.endsWith("/redrives/2.json")) {
                    ask(job);
                  }
                })
            .ledger();

    Answer answer = new Redrives(beaten, scene.parts().clock()).ask(job, false, true);

    assertThat(((Answer.Refused) answer).message()).contains("run 2").contains("someone else");
    assertThat(scene.job(job).redrive(2)).map(Redrive::unknown).contains(false);
  }

  /** Jobs expire, and not all of one at once. */
  @Test
  void takesNoRowForOpenWhoseOutcomeHasExpired() {
    Job job = failedJob();
    trouble = null;
    ask(job);
    finish(1);
    scene
        .parts()
        .store()
        .delete(
            MemoryInstallation.WORK_BUCKET,
            "jobs/%s/%s/runs/1/outcomes/0-0.json".formatted(job.sync(), job.id()));

    assertThatThrownBy(() -> work(1)).hasMessageContaining("expired");
    assertThat(received).isEmpty();
  }

  @Test
  void wantsARestageForAJobThatNothingWasSentOf() {
    scene.sync(Scene.PROFILES);
    Job job = scene.open(Scene.KEY, "identity\nnone\nu1\n");
    stage(job);

    assertThat(refusal(job)).contains("INVALID_RECORD").contains("--restage");
  }

  @Test
  void sendsAStaleJobOnlyWhenToldTo() {
    Job job = failedJob();
    trouble = null;
    stage(scene.open("vip/newer.csv", "identity\nu0\n"));
    work(1);
    finish();
    assertThat(refusal(job)).contains("newer").contains("--stale");

    assertThat(redrives.ask(job, true, false)).isEqualTo(new Answer.Asked(2));
    finish(1);
    work(1);

    assertThat(finish().rows()).isEqualTo(new RowCounts(10, 10, 0, 0, 0, 0, 0));
  }

  @Test
  void isStoppedWhenANewerJobIsReleasedMeanwhile() {
    Job job = failedJob();
    trouble = null;
    stage(scene.open("vip/newer.csv", "identity\nu0\n"));
    askBefore(job);

    Report report =
        finish(2).stream().filter(r -> r.job().equals(job.id())).findAny().orElseThrow();

    assertThat(report.stopped()).extracting(Stop::code).isEqualTo("STALE");
    assertThat(report.rows()).isEqualTo(new RowCounts(10, 0, 0, 0, 10, 0, 0));
  }

  /** As if asked for just before the newer job was released. */
  private void askBefore(Job job) {
    scene.job(job).putRedrive(new Redrive(2, false, false, scene.parts().clock().instant()));
    scene.ledger().putOpen(new OpenRun(job.sync(), job.id(), 2));
  }

  private Answer ask(Job job) {
    return redrives.ask(job, false, false);
  }

  private String refusal(Job job) {
    return ((Answer.Refused) ask(job)).message();
  }

  /** The report of the only job that is closed now. */
  private Report finish() {
    return finish(1).getFirst();
  }

  private List<Report> finish(int times) {
    List<Report> closed = new ArrayList<>();
    Finish finish =
        new Finish(scene.installation(), new Release(scene.installation(), 2), Duration.ZERO);
    for (int i = 0; i < times; i++) {
      finish.finish(scene.unlimited(), run -> closed.add(run.report()));
    }
    return closed;
  }

  /** A job of ten rows that are all open, since CleverTap is down. */
  private Job failedJob() {
    Job job = job(Scene.SKIPPING + ",\"threadCount\":1", 10);
    trouble = DOWN;
    work(1);
    finish();
    return job;
  }

  /** A job of one lane that is staged and released. */
  private Job job(String settings, int rows) {
    scene.sync(settings);
    Job job =
        scene.open(
            Scene.KEY,
            IntStream.range(0, rows)
                .mapToObj(i -> "u" + i + ",e\n")
                .collect(Collectors.joining("", "identity,evtName\n", "")));
    stage(job);
    return job;
  }

  private void stage(Job job) {
    new Staging(scene.installation()).stage(job, scene.unlimited());
    finish(1);
  }

  /** Lets a worker at the next chunks in the queue. */
  private void work(int chunks) {
    CleverTapApi api =
        (connection, path, json, timeout) -> {
          if (trouble != null) {
            return trouble;
          }
          List<String> identities =
              IDENTITY
                  .matcher(new String(json, StandardCharsets.UTF_8))
                  .results()
                  .map(MatchResult::group)
                  .map(text -> text.substring(text.indexOf(':') + 2, text.length() - 1))
                  .toList();
          received.addAll(identities);
          return answer(
              200, "{\"status\":\"success\",\"processed\":%d}".formatted(identities.size()));
        };
    Push push = new Push(scene.parts().with(api), LAST_RECEIVE);
    for (int i = 0; i < chunks; i++) {
      List<Message> messages = scene.parts().queue().messages();
      if (worked == messages.size()) {
        finish(1);
        messages = scene.parts().queue().messages();
      }
      push.push(
          ChunkMessage.parse(messages.get(worked++).body()), 1, scene.unlimited(), new CallTimes());
    }
  }
}
