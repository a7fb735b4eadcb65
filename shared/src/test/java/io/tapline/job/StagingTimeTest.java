package io.tapline.job;

import static io.tapline.job.ExportText.gzip;
import static io.tapline.job.ExportText.users;
import static io.tapline.job.Scene.KEY;
import static io.tapline.job.Scene.ROWS_PER_MARK;
import static io.tapline.job.Scene.SKIPPING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapline.aws.ForwardingStore;
import io.tapline.aws.ObjectVersion;
import io.tapline.aws.TimeBudget;
import io.tapline.ledger.Job;
import io.tapline.ledger.Mark;
import io.tapline.ledger.Timeout;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What becomes of a job whose splitter runs out of time. */
class StagingTimeTest {

  private final Scene scene = new Scene();
  private final Staging staging = new Staging(scene.installation(), ROWS_PER_MARK);

  @Test
  void endsInTimeAndGoesOnFromTheLastMark() {
    scene.sync(SKIPPING);
    Job job = scene.open(KEY, users(10_500));

    assertThat(staging.stage(job, scene.untilMark(9))).isEmpty();
    assertThat(scene.job(job).latestMark()).map(Mark::rows).contains(10_000L);
    assertThat(scene.stage(job).rows()).isEqualTo(10_500);
  }

  @Test
  void endsInTimeAmongLongRows() {
    scene.sync(SKIPPING);
    String row = "u," + "x".repeat(1 << 19) + "\n";
    Job job = scene.open(KEY, "identity,text\n" + row.repeat(130));

    assertThat(staging.stage(job, TimeBudget.of(scene.parts().clock(), Duration.ofSeconds(29))))
        .isEmpty();
  }

  @Test
  void stopsWhereTwoInvocationsInARowDoNotGetOn() {
    scene.sync(SKIPPING);
    Job job = scene.open(KEY, users(10));
    Staging slow = new Staging(slowly(() -> {}), ROWS_PER_MARK);

    assertThat(slow.stage(job, aMinute())).isEmpty();
    assertThat(scene.job(job).run(1).stop()).isEmpty();
    Mark end = slow.stage(job, aMinute()).orElseThrow();

    assertThat(end.last()).isTrue();
    assertThat(end.rows()).isZero();
    assertThat(scene.stop(job).code()).isEqualTo("NO_PROGRESS");
    assertThat(scene.stop(job).message()).contains("behind row 0", "in several parts");
  }

  @Test
  void stopsBehindTheMarkWhereItDoesNotGetOn() {
    scene.sync(SKIPPING);
    Job job = scene.open("vip/a.csv.gz", gzip(users(10_500)));
    assertThat(staging.stage(job, scene.untilMark(3))).isEmpty();
    Staging slow = new Staging(slowly(() -> {}), ROWS_PER_MARK);

    assertThat(slow.stage(job, aMinute())).isEmpty();
    Mark end = slow.stage(job, aMinute()).orElseThrow();

    assertThat(scene.stop(job).message()).contains("behind row 4000 ");
    assertThat(end.number()).isEqualTo(4);
    assertThat(end.rows()).isEqualTo(4000);
  }

  @Test
  void aMarkInBetweenIsProgress() {
    scene.sync(SKIPPING);
    Job job = scene.open(KEY, users(10_500));
    Staging slow = new Staging(slowly(() -> {}), ROWS_PER_MARK);

    assertThat(slow.stage(job, aMinute())).isEmpty();
    assertThat(staging.stage(job, scene.untilMark(0))).isEmpty();
    assertThat(slow.stage(job, aMinute())).isEmpty();

    assertThat(scene.stage(job).rows()).isEqualTo(10_500);
  }

  /** An error may pass; Lambda tries again, and then the sweep. */
  @Test
  void aCrashIsNotCounted() {
    scene.sync(SKIPPING);
    Job job = scene.open(KEY, users(10));
    Staging slow = new Staging(slowly(() -> {}), ROWS_PER_MARK);
    Staging dying =
        new Staging(
            slowly(
                () -> {
                  throw new Scene.Crash();
                }));
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> dying.stage(job, scene.unlimited())).isInstanceOf(Scene.Crash.class);
    }

    assertThat(slow.stage(job, aMinute())).isEmpty();
    assertThat(scene.stage(job).rows()).isEqualTo(10);
  }

  /** One event may come twice: the two do not run in a row. */
  @Test
  void whoRunsBesideAnotherDoesNotStopTheJob() {
    scene.sync(SKIPPING);
    Job job = scene.open(KEY, users(10));
    Staging slow =
        new Staging(
            slowly(
                () -> {
                  scene.parts().clock().sleep(Duration.ofSeconds(1));
                  scene.job(job).putTimeout(new Timeout(0, scene.parts().clock().instant()));
                }));

    assertThat(slow.stage(job, aMinute())).isEmpty();
    assertThat(scene.job(job).run(1).stop()).isEmpty();
  }

  /** The first export of an event may leave little time to the second. */
  @Test
  void whoHadOnlyARestOfTheTimeIsNotCounted() {
    scene.sync(SKIPPING);
    Job job = scene.open(KEY, users(10));
    Staging slow = new Staging(slowly(() -> {}), ROWS_PER_MARK);

    for (int i = 0; i < 3; i++) {
      TimeBudget budget = TimeBudget.of(scene.parts().clock(), Duration.ofMinutes(15));
      scene.parts().clock().sleep(Duration.ofMinutes(10));
      assertThat(slow.stage(job, budget)).isEmpty();
    }

    assertThat(scene.job(job).run(1).stop()).isEmpty();
  }

  @Test
  void whoIsOvertakenWhenItsTimeIsOverFindsTheJobStaged() {
    scene.sync(SKIPPING);
    Job job = scene.open(KEY, users(10));
    Staging slow = new Staging(slowly(() -> scene.stage(job)), ROWS_PER_MARK);

    assertThat(slow.stage(job, aMinute())).map(Mark::rows).contains(10L);
  }

  private TimeBudget aMinute() {
    return TimeBudget.of(scene.parts().clock(), Duration.ofMinutes(1));
  }

  /** An installation whose export takes an hour to read, after {@code before}. */
  private Installation slowly(Runnable before) {
    return scene.over(
        new ForwardingStore(scene.parts().store()) {
          @Override
          public byte[] read(ObjectVersion version, long from, int length) {
            before.run();
            scene.parts().clock().sleep(Duration.ofHours(1));
            return super.read(version, from, length);
          }
        });
  }
}
