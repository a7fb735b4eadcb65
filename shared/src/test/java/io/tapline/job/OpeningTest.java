package io.tapline.job;

import static io.tapline.job.Scene.BUCKET;
import static io.tapline.job.Scene.KEY;
import static io.tapline.job.Scene.PROFILES;
import static io.tapline.job.Scene.SYNC;
import static io.tapline.job.Scene.arrival;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapline.aws.ForwardingStore;
import io.tapline.aws.ObjectVersion;
import io.tapline.ledger.Claim;
import io.tapline.ledger.Closed;
import io.tapline.ledger.Job;
import io.tapline.ledger.JobId;
import io.tapline.ledger.OpenRun;
import io.tapline.ledger.RowCounts;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpeningTest {

  private static final String EXPORT = "identity\na\n";

  private final Scene scene = new Scene();
  private final Opening opening = new Opening(scene.installation());

  @Test
  void marksClaimsAndOpens() {
    scene.sync(PROFILES + ",\"threadCount\":3");
    ObjectVersion export = scene.put(KEY, EXPORT);

    Job job = open(opening);

    assertThat(job.id()).isEqualTo(JobId.of(export));
    assertThat(job.sync()).isEqualTo(SYNC);
    assertThat(job.export()).isEqualTo(export);
    assertThat(job.lanes()).isEqualTo(3);
    assertThat(job.openedAt()).isEqualTo(scene.parts().clock().instant());
    assertThat(scene.ledger().claim(job.id()))
        .hasValue(new Claim(SYNC, BUCKET, KEY, null, scene.parts().clock().instant()));
    assertThat(scene.ledger().openRuns()).containsExactly(new OpenRun(SYNC, job.id(), 1));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "NO_SYNC, another prefix, other/profiles.csv, ",
    "BROKEN_SYNC, a sync that does not load, broken/profiles.csv, ",
    "EXPORT_GONE, deleted before it was read, vip/gone.csv, ",
    "EXPORT_OVERWRITTEN, written again before it was read, vip/profiles.csv, 0123456789abcdef",
    "BEFORE_SINCE, older than the sync, late/profiles.csv, ",
  })
  void ignores(String code, String rule, String key, String etag) {
    scene.sync(PROFILES);
    scene.sync("broken", "broken/", PROFILES + ",\"threadCount\":0");
    scene.sync("late", "late/", PROFILES + ",\"since\":\"2026-11-24T12:00:00Z\"");
    if (!code.equals("EXPORT_GONE")) {
      scene.put(key, EXPORT);
    }

    Opened opened = opening.open(new Arrival(BUCKET, key, null, etag));

    assertThat(opened)
        .isInstanceOfSatisfying(
            Opened.Ignored.class, ignored -> assertThat(ignored.code()).isEqualTo(code));
    assertThat(scene.ledger().openRuns()).isEmpty();
    assertThat(scene.objects("claims/")).isEmpty();
  }

  @Test
  void takesAnExportAsOldAsTheSync() {
    scene.sync(PROFILES + ",\"since\":\"2026-11-24T00:01:00Z\"");
    scene.put(KEY, EXPORT);

    assertThat(opening.open(arrival(KEY))).isInstanceOf(Opened.Open.class);
  }

  @Test
  void comparesTheEtagWithoutItsQuotes() {
    scene.sync(PROFILES);
    String etag = scene.put(KEY, EXPORT).etag().replace("\"", "");

    assertThat(opening.open(new Arrival(BUCKET, KEY, null, etag))).isInstanceOf(Opened.Open.class);
  }

  @Test
  void takesTheVersionThatTheNewsIsAbout() {
    scene.sync(PROFILES);
    ObjectVersion first = scene.put(KEY, EXPORT);
    ObjectVersion old =
        new ObjectVersion(BUCKET, KEY, "v1", first.etag(), first.size(), first.lastModified());
    scene.parts().store().put(old, new byte[] {'x'});
    scene.put(KEY, "identity\nb\n");

    Opened opened = opening.open(new Arrival(BUCKET, KEY, "v1", null));

    assertThat(((Opened.Open) opened).job().export().versionId()).isEqualTo("v1");
  }

  @Test
  void findsAJobOpenAndWritesNothing() {
    scene.sync(PROFILES);
    scene.put(KEY, EXPORT);
    Job job = open(opening);
    Map<String, ByteBuffer> before = scene.objects("");

    assertThat(open(opening)).isEqualTo(job);
    assertThat(scene.objects("")).isEqualTo(before);
  }

  @Test
  void keepsTheSettingsOfTheFirstTime() {
    scene.sync(PROFILES + ",\"threadCount\":3");
    scene.put(KEY, EXPORT);
    Job job = open(opening);
    scene.sync(PROFILES + ",\"threadCount\":9");

    assertThat(open(opening)).isEqualTo(job);
    assertThat(open(opening).toSync().threadCount()).isEqualTo(3);
  }

  @Test
  void writesNothingForAJobThatIsOver() {
    scene.sync(PROFILES);
    scene.put(KEY, EXPORT);
    Job job = open(opening);
    close(job.sync(), job.id());
    Map<String, ByteBuffer> before = scene.objects("");

    assertThat(opening.open(arrival(KEY))).isEqualTo(new Opened.Over(job.id()));
    assertThat(scene.objects("")).isEqualTo(before);
  }

  @Test
  void doesNotOpenAnExpiredJobAgain() {
    scene.sync(PROFILES);
    ObjectVersion export = scene.put(KEY, EXPORT);
    String id = JobId.of(export);
    scene.ledger().putClaim(id, new Claim(SYNC, BUCKET, KEY, null, export.lastModified()));

    assertThat(opening.open(arrival(KEY))).isEqualTo(new Opened.Over(id));
    assertThat(scene.ledger().openRuns()).isEmpty();
  }

  @ParameterizedTest(name = "before write {0}")
  @ValueSource(ints = {0, 1, 2})
  void goesOnAfterACrash(int write) {
    scene.sync(PROFILES);
    scene.put(KEY, EXPORT);
    AtomicInteger writes = new AtomicInteger();
    Installation dying =
        scene.beforeWrites(
            (key, content) -> {
              if (writes.getAndIncrement() == write) {
                throw new Scene.Crash();
              }
            });
    assertThatThrownBy(() -> new Opening(dying).open(arrival(KEY))).isInstanceOf(Scene.Crash.class);

    Job job = open(opening);

    assertThat(scene.ledger().openRuns()).containsExactly(new OpenRun(SYNC, job.id(), 1));
    assertThat(scene.ledger().claim(job.id())).isPresent();
    assertThat(scene.job(job).job()).hasValue(job);
  }

  @ParameterizedTest(name = "write {0}")
  @ValueSource(strings = {"open/", "claims/", "jobs/"})
  void goesOnWhenTheAnswerToAWriteWasLost(String folder) {
    scene.sync(PROFILES);
    scene.put(KEY, EXPORT);
    Installation deaf =
        scene.over(
            new ForwardingStore(scene.parts().store()) {
              @Override
              public boolean putIfAbsent(String bucket, String key, byte[] content) {
                boolean put = super.putIfAbsent(bucket, key, content);
                return put && !key.startsWith(folder);
              }
            });

    assertThat(new Opening(deaf).open(arrival(KEY))).isInstanceOf(Opened.Open.class);
  }

  @Test
  void opensOneJobForManyAtOnce() throws Exception {
    scene.sync(PROFILES);
    scene.put(KEY, EXPORT);
    int many = 8;
    CyclicBarrier start = new CyclicBarrier(many);
    List<Future<Job>> jobs = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(many)) {
      for (int i = 0; i < many; i++) {
        jobs.add(
            executor.submit(
                () -> {
                  start.await();
                  return open(opening);
                }));
      }
    }

    Job job = open(opening);
    for (Future<Job> other : jobs) {
      assertThat(other.get()).isEqualTo(job);
    }
    assertThat(scene.objects("claims/")).hasSize(1);
  }

  @Test
  void takesItsMarkerBackWhenAnotherWasFasterAndIsThrough() {
    scene.sync(PROFILES);
    scene.put(KEY, EXPORT);
    Installation slow =
        beforeItsClaim(
            () -> {
              Job job = open(opening);
              close(job.sync(), job.id());
              // The slow one's own, which it wrote before.
              scene.ledger().putOpen(new OpenRun(SYNC, job.id(), 1));
            });

    assertThat(new Opening(slow).open(arrival(KEY))).isInstanceOf(Opened.Over.class);
    // The finalizer takes it away: the run may still be to be told.
    assertThat(scene.ledger().openRuns()).hasSize(1);
  }

  @Test
  void goesOnWithTheJobOfOneThatWasFaster() {
    scene.sync(PROFILES);
    scene.put(KEY, EXPORT);
    Installation slow = beforeItsClaim(() -> open(opening));

    assertThat(new Opening(slow).open(arrival(KEY))).isEqualTo(new Opened.Open(open(opening)));
  }

  @Test
  void leavesAJobWithTheSyncThatClaimedIt() {
    scene.sync(PROFILES);
    scene.put(KEY, EXPORT);
    Job job = open(opening);
    scene.ledger().deleteSyncFile(SYNC);
    scene.sync("renamed", "vip/", PROFILES);

    assertThat(open(opening)).isEqualTo(job);
    assertThat(scene.ledger().openRuns()).containsExactly(new OpenRun(SYNC, job.id(), 1));
  }

  @Test
  void leavesAJobWithTheSyncThatClaimedItJustBefore() {
    scene.sync("renamed", "vip/", PROFILES);
    ObjectVersion export = scene.put(KEY, EXPORT);
    String id = JobId.of(export);
    Installation slow =
        beforeItsClaim(
            () -> {
              scene.ledger().putOpen(new OpenRun(SYNC, id, 1));
              scene
                  .ledger()
                  .putClaim(id, new Claim(SYNC, BUCKET, KEY, null, export.lastModified()));
            });

    assertThat(open(new Opening(slow)).sync()).isEqualTo(SYNC);
    assertThat(scene.ledger().openRuns()).containsExactly(new OpenRun(SYNC, id, 1));
  }

  @Test
  void opensAnExportAgainWhenAskedTo() {
    scene.sync(PROFILES);
    scene.put(KEY, EXPORT);
    Job first = open(opening);
    close(first.sync(), first.id());

    Job second = ((Opened.Open) opening.open(arrival(KEY), 2)).job();

    assertThat(second.id()).isEqualTo(first.id() + "-2");
    assertThat(second.export()).isEqualTo(first.export());
    assertThat(opening.open(arrival(KEY))).isInstanceOf(Opened.Over.class);
  }

  private static Job open(Opening opening) {
    return ((Opened.Open) opening.open(arrival(KEY))).job();
  }

  /** As the finalizer does. */
  private void close(String sync, String job) {
    scene
        .ledger()
        .job(sync, job)
        .run(1)
        .putClosed(new Closed(RowCounts.NONE, "COMPLETED", scene.parts().clock().instant()));
    scene.ledger().deleteOpen(new OpenRun(sync, job, 1));
  }

  private Installation beforeItsClaim(Runnable rival) {
    return scene.beforeWrites(
        (key, content) -> {
          if (key.startsWith("claims/")) {
            rival.run();
          }
        });
  }
}
