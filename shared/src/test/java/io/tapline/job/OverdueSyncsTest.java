package io.tapline.job;

import static io.tapline.job.Scene.BUCKET;
import static io.tapline.job.Scene.KEY;
import static io.tapline.job.Scene.PROFILES;
import static io.tapline.job.Scene.SKIPPING;
import static io.tapline.job.Scene.SYNC;
import static io.tapline.job.Scene.arrival;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapline.aws.ForwardingStore;
import io.tapline.aws.ObjectVersion;
import io.tapline.aws.Page;
import io.tapline.aws.TimeBudget;
import io.tapline.ledger.Job;
import io.tapline.ledger.OpenRun;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the sweep says of syncs that expect an export every day. */
class OverdueSyncsTest {

  private static final String DAILY = ",\"expectEvery\":\"24h\"";
  private static final String ROWS = "identity\na\n";
  private static final String HEADER_ALONE = "identity\n";
  private static final Duration DAY = Duration.ofDays(1);

  private final Scene scene = new Scene();

  @Test
  void saysNothingOfSyncsThatExpectNoExport() {
    scene.sync(SKIPPING);
    sleep(DAY);

    assertThat(sweep()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "it has rows, 'identity\na\n', true, false",
    "it is stopped for an invalid row, 'identity\na\nnone\n', false, false",
    "its header stands alone, 'identity\n', true, true",
    "it has 0 bytes, '', true, true",
    "it is stopped before its first row, 'name\na\n', true, true",
  })
  void anExportCameWhere(String rule, String export, boolean skipping, boolean overdue) {
    scene.sync((skipping ? SKIPPING : PROFILES) + DAILY);
    sleep(DAY.multipliedBy(2));
    Job job = stage(scene.open(KEY, export));

    assertThat(sweep())
        .as(rule)
        .containsExactly(new Swept.Expected(SYNC, overdue, job.export().lastModified()));
  }

  @Test
  void anExportThatIsJustStagedCame() {
    scene.sync(SKIPPING + DAILY);
    sleep(DAY.multipliedBy(2));
    Job job = scene.open(KEY, ROWS + "b\n");
    Swept.Expected came = new Swept.Expected(SYNC, false, job.export().lastModified());
    assertThat(sweep()).as("it has no mark").containsExactly(came);

    Installation dying =
        scene.beforeWrites(
            (key, content) -> {
              if (key.endsWith("/staging/1.json")) {
                throw new Scene.Crash();
              }
            });
    assertThatThrownBy(() -> new Staging(dying, 1).stage(job, scene.unlimited()))
        .isInstanceOf(Scene.Crash.class);

    assertThat(scene.job(job).latestMark()).isPresent();
    assertThat(sweep()).as("its mark is not the last").containsExactly(came);
  }

  @ParameterizedTest(name = "an export that was written {0} ago: overdue {1}")
  @CsvSource({"PT0S, false", "PT24H, false", "PT24H0.9S, false", "PT24H1S, true", "P7D, true"})
  void anExportIsOverdueOnceTheTimeIsOver(Duration age, boolean overdue) {
    scene.sync(SKIPPING + DAILY);
    sleep(DAY);
    Job job = stage(scene.open(KEY, ROWS));
    sleep(age);

    assertThat(sweep())
        .containsExactly(new Swept.Expected(SYNC, overdue, job.export().lastModified()));
  }

  @Test
  void anExportWithoutRowsDoesNotHideTheOneBefore() {
    scene.sync(SKIPPING + DAILY);
    stage(scene.open("vip/1.csv", ROWS));
    sleep(DAY.dividedBy(2));
    Job last = stage(scene.open("vip/2.csv", HEADER_ALONE));
    assertThat(sweep())
        .containsExactly(new Swept.Expected(SYNC, false, last.export().lastModified()));
    sleep(DAY.dividedBy(2));

    assertThat(sweep())
        .as("the one with rows is too old")
        .containsExactly(new Swept.Expected(SYNC, true, last.export().lastModified()));
  }

  @Test
  void aSecondJobOfAnOldExportIsNoNewExport() {
    scene.sync(SKIPPING + DAILY);
    Job job = stage(scene.open(KEY, ROWS));
    sleep(DAY.multipliedBy(2));
    Opened second = new Opening(scene.installation()).open(arrival(KEY), 2);
    stage(((Opened.Open) second).job());

    assertThat(sweep())
        .containsExactly(new Swept.Expected(SYNC, true, job.export().lastModified()));
  }

  @Test
  void anExportThatNobodyTookDidNotCome() {
    scene.sync(SKIPPING + DAILY);
    sleep(DAY);
    scene.put(KEY, ROWS);
    sleep(Duration.ofHours(1));

    assertThat(sweep())
        .containsExactly(new Swept.Unclaimed(SYNC, 1, KEY), new Swept.Expected(SYNC, true, null));
  }

  @Test
  void anExportThatTheSweepFoundJustNowCame() {
    scene.sync(SKIPPING + DAILY + ",\"since\":\"2026-11-24T00:00:00Z\"");
    sleep(DAY);
    ObjectVersion export = scene.put(KEY, ROWS);
    sleep(Duration.ofHours(1));

    assertThat(sweep()).last().isEqualTo(new Swept.Expected(SYNC, false, export.lastModified()));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "it was just set up, , PT0S, false",
    "it was set up for less than its time, , PT23H59M59S, false",
    "it was set up for its time, , PT24H, true",
    "its since is later, 2026-11-24T12:00:00Z, PT24H, false",
    "its since is over for less than its time, 2026-11-24T12:00:00Z, PT35H59M59S, false",
    "its since is over for its time, 2026-11-24T12:00:00Z, PT36H, true",
    "its since is to come, 2027-01-01T00:00:00Z, P7D, false",
    "its since is as late as can be, +1000000000-12-31T23:59:59Z, P7D, false",
  })
  void aNewSyncGetsItsTime(String rule, @Nullable Instant since, Duration age, boolean overdue) {
    scene.sync(SKIPPING + DAILY + (since == null ? "" : ",\"since\":\"" + since + "\""));
    sleep(age);

    assertThat(sweep()).as(rule).containsExactly(new Swept.Expected(SYNC, overdue, null));
  }

  @Test
  void aNewSyncGetsItsTimeAfterAnExportWithoutRows() {
    scene.sync(SKIPPING + DAILY);
    Job job = stage(scene.open(KEY, HEADER_ALONE));
    Instant lastExport = job.export().lastModified();

    assertThat(sweep()).containsExactly(new Swept.Expected(SYNC, false, lastExport));
    sleep(DAY);
    assertThat(sweep()).containsExactly(new Swept.Expected(SYNC, true, lastExport));
  }

  @Test
  void settingsThatAreWrittenAnewGiveNoMoreTime() {
    scene.sync(SKIPPING + DAILY);
    Job job = stage(scene.open(KEY, ROWS));
    sleep(DAY.multipliedBy(2));
    scene.sync(SKIPPING + DAILY);

    assertThat(sweep())
        .containsExactly(new Swept.Expected(SYNC, true, job.export().lastModified()));
  }

  /** Nothing tells since when there is such a sync. */
  @Test
  void butWhereNoOldJobIsLeftTheyDo() {
    scene.sync(SKIPPING + DAILY);
    sleep(DAY.multipliedBy(2));
    assertThat(sweep()).containsExactly(new Swept.Expected(SYNC, true, null));
    scene.sync(SKIPPING + DAILY);

    assertThat(sweep()).containsExactly(new Swept.Expected(SYNC, false, null));
  }

  @Test
  void eachSyncIsLookedAtByItself() {
    scene.sync("broken", "broken/", SKIPPING + DAILY + ",\"threadCount\":0");
    scene.sync("daily", "daily/", SKIPPING + DAILY);
    scene.sync("daily2", "daily2/", SKIPPING + DAILY);
    scene.sync("monthly", "monthly/", SKIPPING + ",\"expectEvery\":\"30d\"");
    sleep(DAY.multipliedBy(2));
    Job job = stage(scene.open("daily2/1.csv", ROWS));

    assertThat(sweep())
        .containsExactly(
            new Swept.Expected("daily", true, null),
            new Swept.Expected("daily2", false, job.export().lastModified()),
            new Swept.Expected("monthly", false, null));
  }

  @Test
  void aSyncThatCantBeLookedAtKeepsNoOtherFromIt() {
    scene.sync("a", "a/", SKIPPING + DAILY);
    scene.sync("b", "b/", SKIPPING + DAILY);
    sleep(DAY);
    Job unreadable = scene.open("a/1.csv", ROWS);
    scene
        .parts()
        .store()
        .put(
            MemoryInstallation.WORK_BUCKET,
            "jobs/a/" + unreadable.id() + "/staging/0.json",
            "?".getBytes(StandardCharsets.UTF_8));
    List<Swept> found = new ArrayList<>();

    assertThatIllegalStateException()
        .isThrownBy(
            () -> new Sweep(scene.installation(), BUCKET).sweep(scene.unlimited(), found::add))
        .withMessageContaining("staging/0.json");
    assertThat(found).containsExactly(new Swept.Expected("b", true, null));
  }

  @Test
  void saysNothingWhereTheTimeRunsOut() {
    scene.sync(SKIPPING + DAILY);
    sleep(DAY);
    stage(scene.open(KEY, HEADER_ALONE));
    Installation slow =
        scene.over(
            new ForwardingStore(scene.parts().store()) {
              @Override
              public Page<String> listFolders(
                  String bucket, String prefix, @Nullable String after) {
                sleep(Duration.ofMinutes(5));
                return super.listFolders(bucket, prefix, after);
              }
            });
    assertThat(sweep(slow, timeOf(Duration.ofSeconds(59)))).as("none for a listing").isEmpty();
    assertThat(sweep(slow, timeOf(Duration.ofMinutes(5)))).as("none for a job").isEmpty();
    assertThat(sweep(slow, timeOf(Duration.ofMinutes(6)))).hasSize(1);
  }

  /** A listing of jobs, and what the mark of the newest one takes. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "no sync expects an export, '', 0",
    "it came, 'identity\na\n', 3",
    "it had no rows, 'identity\n', 5",
    "none came, , 3",
  })
  void costsFewRequests(String rule, @Nullable String export, int requests) {
    boolean expecting = !"".equals(export);
    scene.sync(SKIPPING + (expecting ? DAILY : ""));
    sleep(Duration.ofHours(1));
    if (expecting && export != null) {
      Job job = stage(scene.open(KEY, export));
      scene.ledger().deleteOpen(new OpenRun(SYNC, job.id(), 1));
    }
    List<String> asked = new ArrayList<>();

    sweep(scene.over(counting(asked)), scene.unlimited());

    assertThat(asked).as(rule).hasSize(requests);
  }

  /** S3, but it notes each request about the jobs, and each look at the file of a sync. */
  private ForwardingStore counting(List<String> asked) {
    return new ForwardingStore(scene.parts().store()) {
      @Override
      public Page<String> listFolders(String bucket, String prefix, @Nullable String after) {
        asked.add(prefix);
        return super.listFolders(bucket, prefix, after);
      }

      @Override
      public Page<String> list(String bucket, String prefix, @Nullable String after) {
        if (prefix.startsWith("jobs/")) {
          asked.add(prefix);
        }
        return super.list(bucket, prefix, after);
      }

      @Override
      public Optional<byte[]> get(String bucket, String key) {
        if (key.startsWith("jobs/")) {
          asked.add(key);
        }
        return super.get(bucket, key);
      }

      @Override
      public Optional<ObjectVersion> head(String bucket, String key, @Nullable String versionId) {
        asked.add(key);
        return super.head(bucket, key, versionId);
      }
    };
  }

  private List<Swept> sweep() {
    return sweep(scene.installation(), scene.unlimited());
  }

  private static List<Swept> sweep(Installation installation, TimeBudget budget) {
    List<Swept> found = new ArrayList<>();
    new Sweep(installation, BUCKET).sweep(budget, found::add);
    return found;
  }

  private TimeBudget timeOf(Duration remaining) {
    return TimeBudget.of(scene.parts().clock(), remaining);
  }

  private Job stage(Job job) {
    new Staging(scene.installation()).stage(job, scene.unlimited());
    return job;
  }

  private void sleep(Duration duration) {
    scene.parts().clock().sleep(duration);
  }
}
