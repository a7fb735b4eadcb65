package io.tapline.job;

import static io.tapline.job.Scene.BUCKET;
import static io.tapline.job.Scene.KEY;
import static io.tapline.job.Scene.PROFILES;
import static io.tapline.job.Scene.SKIPPING;
import static io.tapline.job.Scene.SYNC;
import static io.tapline.job.Sweeps.EXPORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.ledger.Claim;
import io.tapline.ledger.Job;
import io.tapline.ledger.JobId;
import io.tapline.ledger.OpenRun;
import io.tapline.ledger.Restage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Second jobs that were asked for. */
class SweepRestagesTest {

  private final Scene scene = new Scene();
  private final Sweeps sweeps = new Sweeps(scene);

  @Test
  void opensASecondJobThatWasAskedFor() {
    Restage wish = wish();

    List<Swept> found = sweeps.sweep();

    assertThat(found)
        .singleElement()
        .isInstanceOfSatisfying(
            Swept.GoesOn.class,
            on -> {
              assertThat(on.cause()).isEqualTo(Swept.Cause.ASKED_FOR);
              assertThat(on.job().id()).isEqualTo(wish.job());
            });
    assertThat(scene.ledger().restages()).isEmpty();
    assertThat(sweeps.sweep()).isEmpty();
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "EXPORT_GONE, its export is gone, false",
    "BROKEN_SYNC, its sync is broken, true",
    ", it is open and over by now, false",
  })
  void takesBackAWishThatCantComeTrue(@Nullable String code, String rule, boolean isKept) {
    Restage wish = wish();
    switch (code) {
      case "EXPORT_GONE" -> scene.parts().store().delete(BUCKET, KEY);
      case "BROKEN_SYNC" -> scene.sync(PROFILES + ",\"threadCount\":0");
      case null, default ->
          scene.ledger().putClaim(wish.job(), new Claim(SYNC, BUCKET, KEY, null, wish.askedAt()));
    }

    assertThat(sweeps.sweep())
        .allSatisfy(swept -> assertThat(((Swept.Ignored) swept).code()).isEqualTo(code))
        .hasSize(code == null ? 0 : 1);
    assertThat(scene.ledger().restages()).isEqualTo(isKept ? List.of(wish) : List.of());
  }

  /** Asks for a second job of an export whose first is over. */
  private Restage wish() {
    scene.sync(SKIPPING);
    Job first = scene.open(KEY, EXPORT);
    scene.ledger().deleteOpen(new OpenRun(SYNC, first.id(), 1));
    Restage wish =
        new Restage(
            JobId.repeat(first.id(), 2), 2, BUCKET, KEY, null, scene.parts().clock().instant());
    scene.ledger().putRestage(wish);
    return wish;
  }
}
