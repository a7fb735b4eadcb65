package io.tapline.job;

import static io.tapline.job.Scene.BUCKET;
import static io.tapline.job.Scene.KEY;
import static io.tapline.job.Scene.PROFILES;
import static io.tapline.job.Scene.SKIPPING;
import static io.tapline.job.Scene.SYNC;
import static io.tapline.job.Scene.arrival;
import static io.tapline.job.Sweeps.EXPORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapline.aws.ForwardingStore;
import io.tapline.aws.ObjectVersion;
import io.tapline.ledger.Claim;
import io.tapline.ledger.Job;
import io.tapline.ledger.JobId;
import io.tapline.ledger.OpenRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Markers of jobs that were never opened. */
class SweepMarkersTest {

  private final Scene scene = new Scene();
  private final Sweeps sweeps = new Sweeps(scene);

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"claims/", "jobs/"})
  void opensAJobWhoseOpenerDied(String folder) {
    scene.sync(SKIPPING);
    ObjectVersion export = scene.put(KEY, EXPORT);
    sweeps.dieBefore(folder);
    assertThat(sweeps.sweep()).as("its writer may live").isEmpty();
    scene.minutes(20);

    List<Swept> found = sweeps.sweep();

    assertThat(found)
        .singleElement()
        .isInstanceOfSatisfying(
            Swept.GoesOn.class,
            on -> {
              assertThat(on.cause())
                  .isEqualTo(folder.equals("jobs/") ? Swept.Cause.NOT_OPENED : Swept.Cause.MISSED);
              assertThat(on.job().id()).isEqualTo(JobId.of(export));
              assertThat(on.job().export()).isEqualTo(export);
              assertThat(scene.job(on.job()).job()).hasValue(on.job());
            });
    assertThat(scene.ledger().openRuns()).containsExactly(new OpenRun(SYNC, JobId.of(export), 1));
    assertThat(scene.ledger().claim(JobId.of(export))).isPresent();
    assertThat(sweeps.sweep()).isEmpty();
  }

  /** A push asked for by hand: its number is in its id alone. */
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"claims/", "jobs/"})
  void opensARepeatWhoseOpenerDied(String folder) {
    scene.sync(SKIPPING);
    Job first = scene.open(KEY, EXPORT);
    scene.ledger().deleteOpen(new OpenRun(SYNC, first.id(), 1));
    Installation dying = scene.dyingBefore(folder);
    assertThatThrownBy(() -> new Opening(dying).open(arrival(KEY), 3))
        .isInstanceOf(Scene.Crash.class);
    scene.minutes(20);

    List<Swept> found = sweeps.sweep();

    // Without its claim it is a push that nobody took note of: whoever asked for it asks again.
    String id = first.id() + "-3";
    assertThat(found)
        .isEqualTo(
            folder.equals("jobs/")
                ? List.of(
                    new Swept.GoesOn(
                        scene.ledger().job(SYNC, id).job().orElseThrow(), Swept.Cause.NOT_OPENED))
                : List.of(new Swept.Dropped(new OpenRun(SYNC, id, 1))));
  }

  @Test
  void opensTheVersionThatWasClaimed() {
    scene.sync(SKIPPING);
    ObjectVersion old = scene.putVersion("v1", EXPORT);
    Installation dying = scene.dyingBefore("jobs/");
    assertThatThrownBy(() -> new Opening(dying).open(arrival(KEY))).isInstanceOf(Scene.Crash.class);
    scene.minutes(5);
    ObjectVersion young = scene.putVersion("v2", EXPORT);
    assertThat(new Opening(scene.installation()).open(arrival(KEY)))
        .isInstanceOf(Opened.Open.class);
    scene.stage(scene.ledger().job(SYNC, JobId.of(young)).job().orElseThrow());
    scene.minutes(20);

    assertThat(sweeps.sweep())
        .singleElement()
        .isInstanceOfSatisfying(
            Swept.GoesOn.class, on -> assertThat(on.job().export()).isEqualTo(old));
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "EXPORT_GONE, deleted, true",
    "EXPORT_OVERWRITTEN, overwritten, true",
    "NO_SYNC, its sync is gone, false",
    "BROKEN_SYNC, its sync is broken, false",
  })
  void dropsAMarkerWhoseExportIsNotThere(String code, String rule, boolean isDropped) {
    scene.sync(SKIPPING);
    ObjectVersion export = scene.put(KEY, EXPORT);
    sweeps.dieBefore("jobs/");
    scene.minutes(20);
    switch (code) {
      case "EXPORT_GONE" -> scene.parts().store().delete(BUCKET, KEY);
      case "EXPORT_OVERWRITTEN" -> scene.put(KEY, "identity\nb\n");
      case "NO_SYNC" -> scene.ledger().deleteSyncFile(SYNC);
      default -> scene.sync(PROFILES + ",\"threadCount\":0");
    }
    OpenRun marker = new OpenRun(SYNC, JobId.of(export), 1);

    List<Swept> found = sweeps.sweep();

    assertThat(found.getFirst())
        .isInstanceOfSatisfying(
            Swept.Ignored.class,
            ignored -> {
              assertThat(ignored.key()).isEqualTo(KEY);
              assertThat(ignored.code()).isEqualTo(code);
            });
    assertThat(found.contains(new Swept.Dropped(marker))).isEqualTo(isDropped);
    assertThat(scene.ledger().isOpen(marker)).isNotEqualTo(isDropped);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {"claimed by another sync", "its job.json has expired", "nobody knows its export"})
  void dropsAMarkerThatNobodyNeeds(String rule) {
    scene.sync(SKIPPING);
    String id = "20261101T000000Z-0123456789abcdef";
    OpenRun marker = new OpenRun(SYNC, id, 1);
    scene.ledger().putOpen(marker);
    Instant now = scene.parts().clock().instant();
    switch (rule) {
      case "claimed by another sync" ->
          scene.ledger().putClaim(id, new Claim("other", BUCKET, KEY, null, now));
      case "its job.json has expired" ->
          scene
              .ledger()
              .putClaim(id, new Claim(SYNC, BUCKET, KEY, null, now.minus(Duration.ofDays(8))));
      default -> {}
    }
    assertThat(sweeps.sweep()).as("its writer may live").isEmpty();
    scene.minutes(20);

    assertThat(sweeps.sweep()).containsExactly(new Swept.Dropped(marker));
    assertThat(scene.ledger().openRuns()).isEmpty();
    assertThat(sweeps.sweep()).isEmpty();
  }

  /** An event may come late, and about a version that is not the newest any more. */
  @Test
  void givesAMarkerBackThatIsClaimedAtTheLastMoment() {
    scene.sync(SKIPPING);
    String id = "20261101T000000Z-0123456789abcdef";
    OpenRun marker = new OpenRun(SYNC, id, 1);
    scene.ledger().putOpen(marker);
    scene.minutes(20);
    Installation unlucky =
        scene.over(
            new ForwardingStore(scene.parts().store()) {
              @Override
              public void delete(String bucket, String key) {
                super.delete(bucket, key);
                scene
                    .ledger()
                    .putClaim(
                        id, new Claim(SYNC, BUCKET, KEY, "v1", scene.parts().clock().instant()));
              }
            });

    assertThat(sweeps.sweep(unlucky)).isEmpty();
    assertThat(scene.ledger().isOpen(marker)).isTrue();
  }

  /** Its export is there, and so is its news: it must not be forgotten. */
  @Test
  void keepsAMarkerWhoseExportCouldNotBeOpened() {
    scene.sync(SKIPPING);
    ObjectVersion export = scene.put(KEY, EXPORT);
    sweeps.dieBefore("claims/");
    scene.minutes(20);

    assertThatThrownBy(() -> sweeps.sweep(scene.dyingBefore("claims/")))
        .isInstanceOf(Scene.Crash.class);
    assertThat(scene.ledger().isOpen(new OpenRun(SYNC, JobId.of(export), 1))).isTrue();
    assertThat(sweeps.sweep()).hasSize(1);
  }

  @Test
  void keepsAMarkerWhoseSyncIsBroken() {
    scene.sync(SKIPPING);
    ObjectVersion export = scene.put(KEY, EXPORT);
    sweeps.dieBefore("claims/");
    scene.minutes(20);
    scene.sync(PROFILES + ",\"threadCount\":0");

    assertThat(sweeps.sweep()).isEmpty();
    scene.sync(SKIPPING);
    assertThat(sweeps.sweep()).hasSize(1);
    assertThat(scene.ledger().claim(JobId.of(export))).isPresent();
  }

  /** The prefix is another sync's by now: the export is pushed by that one. */
  @Test
  void leavesNoMarkerOfASyncThatLostItsPrefix() {
    scene.sync(SKIPPING);
    ObjectVersion export = scene.put(KEY, EXPORT);
    sweeps.dieBefore("claims/");
    scene.minutes(20);
    scene.sync(SYNC, "elsewhere/", SKIPPING);
    scene.sync("heir", "vip/", SKIPPING);
    OpenRun marker = new OpenRun(SYNC, JobId.of(export), 1);

    List<Swept> found = sweeps.sweep();

    assertThat(found).hasSize(2).last().isEqualTo(new Swept.Dropped(marker));
    assertThat(scene.ledger().openRuns()).containsExactly(new OpenRun("heir", JobId.of(export), 1));
  }

  @Test
  void whoClaimsAfterTheSweepWritesItsMarkerAgain() {
    scene.sync(SKIPPING);
    ObjectVersion export = scene.put(KEY, EXPORT);
    OpenRun marker = new OpenRun(SYNC, JobId.of(export), 1);
    Installation late =
        scene.beforeWrites(
            (key, content) -> {
              if (key.startsWith("claims/")) {
                scene.ledger().deleteOpen(marker);
              }
            });

    assertThat(new Opening(late).open(arrival(KEY))).isInstanceOf(Opened.Open.class);
    assertThat(scene.ledger().isOpen(marker)).isTrue();
  }
}
