package io.tapline.job;

import static io.tapline.job.Scene.BUCKET;
import static io.tapline.job.Scene.KEY;
import static io.tapline.job.Scene.SKIPPING;
import static io.tapline.job.Scene.SYNC;
import static io.tapline.job.Sweeps.EXPORT;
import static io.tapline.job.Sweeps.SINCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapline.aws.Clock;
import io.tapline.aws.ObjectVersion;
import io.tapline.aws.TimeBudget;
import io.tapline.ledger.Job;
import io.tapline.ledger.JobId;
import io.tapline.ledger.Mark;
import io.tapline.ledger.OpenRun;
import io.tapline.ledger.Timeout;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sweeps as a whole, and the jobs that they find not staged. */
class SweepTest {

  private final Scene scene = new Scene();
  private final Sweeps sweeps = new Sweeps(scene);

  @Test
  void findsNothingWhereNothingIs() {
    assertThat(sweeps.sweep()).isEmpty();
  }

  // Jobs that are not staged.

  @ParameterizedTest(name = "{0} minutes after {1}: goes on: {2}")
  @CsvSource({
    "19, it was opened, false",
    "20, it was opened, true",
    "19, its mark, false",
    "20, its mark, true",
    "19, its timeout, false",
    "20, its timeout, true",
    "90, its last mark, false",
  })
  void startsAJobAgainThatGaveNoSign(int minutes, String sign, boolean goesOn) {
    scene.sync(SKIPPING);
    Job job = scene.open(KEY, users(2500));
    if (!sign.equals("it was opened")) {
      scene.minutes(90);
    }
    switch (sign) {
      case "its mark" -> stageUntilMark(job, 1);
      case "its timeout" ->
          scene.job(job).putTimeout(new Timeout(0, scene.parts().clock().instant()));
      case "its last mark" -> scene.stage(job);
      default -> {}
    }
    scene.minutes(minutes);

    assertThat(sweeps.sweep())
        .isEqualTo(goesOn ? List.of(new Swept.GoesOn(job, Swept.Cause.STALLED)) : List.of());
  }

  @ParameterizedTest(name = "died before mark {0}")
  @ValueSource(ints = {0, 1, 2, 5})
  void aJobWhoseSplitterDiedEndsTheSame(int mark) {
    Scene whole = new Scene();
    whole.sync(SKIPPING);
    Job expected = whole.open(KEY, users(5500));
    Mark end =
        new Staging(whole.installation(), 1000).stage(expected, whole.unlimited()).orElseThrow();
    scene.sync(SKIPPING);
    Job job = scene.open(KEY, users(5500));
    stageUntilMark(job, mark - 1);
    scene.minutes(30);

    List<Swept> found = sweeps.sweep();

    assertThat(found).containsExactly(new Swept.GoesOn(job, Swept.Cause.STALLED));
    assertThat(scene.stage(((Swept.GoesOn) found.getFirst()).job()))
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes("decided\\.columns\\.origin")
        .isEqualTo(end);
    assertThat(scene.chunks(job)).isEqualTo(whole.chunks(expected));
    assertThat(sweeps.sweep()).isEmpty();
  }

  @Test
  void leavesLaterRunsAlone() {
    scene.ledger().putOpen(new OpenRun(SYNC, "20261124T000000Z-0123456789abcdef", 2));
    scene.minutes(90);

    assertThat(sweeps.sweep()).isEmpty();
    assertThat(scene.ledger().openRuns()).hasSize(1);
  }

  // Sweeps as a whole.

  @Test
  void twoSweepsAtOnceOpenOneJob() {
    scene.sync(SINCE);
    scene.put(KEY, EXPORT);
    scene.minutes(90);
    List<Swept> other = new ArrayList<>();
    Installation slow =
        scene.beforeWrites(
            (key, content) -> {
              if (key.startsWith("open/")) {
                other.addAll(sweeps.sweep());
              }
            });

    assertThat(sweeps.sweep(slow)).isEqualTo(other).hasSize(1);
    assertThat(scene.objects("claims/")).hasSize(1);
  }

  @Test
  void aFailureDoesNotKeepTheOthersWaiting() {
    scene.sync(SINCE);
    for (String name : List.of("a", "b", "c")) {
      scene.put("vip/" + name + ".csv", EXPORT);
    }
    scene.minutes(90);
    List<Swept> told = new ArrayList<>();

    assertThatThrownBy(
            () ->
                new Sweep(scene.installation(), BUCKET)
                    .sweep(
                        scene.unlimited(),
                        swept -> {
                          told.add(swept);
                          throw new Scene.Crash();
                        }))
        .isInstanceOf(Scene.Crash.class)
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(2));
    assertThat(told).hasSize(3);
    scene.minutes(20);
    assertThat(sweeps.sweep())
        .as("what could not be started is started by the next sweep")
        .hasSize(3)
        .allMatch(swept -> ((Swept.GoesOn) swept).cause() == Swept.Cause.STALLED);
  }

  @Test
  void endsInTimeAndDropsNothingThatItDidNotLookFor() {
    scene.sync(SINCE);
    ObjectVersion export = scene.put(KEY, EXPORT);
    sweeps.dieBefore("claims/");
    scene.put("vip/b.csv", EXPORT);
    scene.minutes(90);
    // The marker, the listing, the two exports.
    for (int steps = 0; steps < 3; steps++) {
      assertThat(sweeps.sweep(timeFor(steps))).as("%d steps", steps).isEmpty();
    }
    assertThat(scene.ledger().isOpen(new OpenRun(SYNC, JobId.of(export), 1))).isTrue();
    assertThat(sweeps.sweep(timeFor(3)))
        .singleElement()
        .isInstanceOfSatisfying(
            Swept.GoesOn.class, on -> assertThat(on.job().export()).isEqualTo(export));
  }

  /** A budget that allows so many steps. */
  private static TimeBudget timeFor(int steps) {
    Iterator<Instant> looks =
        Stream.concat(Collections.nCopies(steps + 1, Instant.EPOCH).stream(), late()).iterator();
    return TimeBudget.of(
        new Clock() {
          @Override
          public Instant instant() {
            return looks.next();
          }

          @Override
          public void sleep(Duration duration) {}
        },
        Duration.ofHours(1));
  }

  private static Stream<Instant> late() {
    return Stream.generate(() -> Instant.EPOCH.plus(Duration.ofDays(1)));
  }

  private void stageUntilMark(Job job, int mark) {
    Installation dying =
        scene.beforeWrites(
            (key, content) -> {
              if (key.endsWith("/staging/" + (mark + 1) + ".json")) {
                throw new Scene.Crash();
              }
            });
    assertThatThrownBy(() -> new Staging(dying, 1000).stage(job, scene.unlimited()))
        .isInstanceOf(Scene.Crash.class);
  }

  private static String users(int rows) {
    return IntStream.range(0, rows)
        .mapToObj("u%d\n"::formatted)
        .collect(Collectors.joining("", "identity\n", ""));
  }
}
