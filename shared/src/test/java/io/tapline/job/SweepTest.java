package io.tapline.job;

import static io.tapline.job.Scene.BUCKET;
import static io.tapline.job.Scene.KEY;
import static io.tapline.job.Scene.PROFILES;
import static io.tapline.job.Scene.SKIPPING;
import static io.tapline.job.Scene.SYNC;
import static io.tapline.job.Scene.arrival;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapline.aws.Clock;
import io.tapline.aws.ForwardingStore;
import io.tapline.aws.ObjectEntry;
import io.tapline.aws.ObjectVersion;
import io.tapline.aws.Page;
import io.tapline.aws.TimeBudget;
import io.tapline.ledger.Claim;
import io.tapline.ledger.Job;
import io.tapline.ledger.JobId;
import io.tapline.ledger.Mark;
import io.tapline.ledger.OpenRun;
import io.tapline.ledger.Restage;
import io.tapline.ledger.Timeout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SweepTest {

  private static final String EXPORT = "identity\na\n";
  private static final String SINCE = SKIPPING + ",\"since\":\"2026-11-24T00:00:00Z\"";

  private final Scene scene = new Scene();

  @Test
  void findsNothingWhereNothingIs() {
    assertThat(sweep()).isEmpty();
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
      minutes(90);
    }
    switch (sign) {
      case "its mark" -> stageUntilMark(job, 1);
      case "its timeout" ->
          scene.job(job).putTimeout(new Timeout(0, scene.parts().clock().instant()));
      case "its last mark" -> stage(job);
      default -> {}
    }
    minutes(minutes);

    assertThat(sweep())
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
    minutes(30);

    List<Swept> found = sweep();

    assertThat(found).containsExactly(new Swept.GoesOn(job, Swept.Cause.STALLED));
    assertThat(stage(((Swept.GoesOn) found.getFirst()).job()))
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes("decided\\.columns\\.origin")
        .isEqualTo(end);
    assertThat(scene.chunks(job)).isEqualTo(whole.chunks(expected));
    assertThat(sweep()).isEmpty();
  }

  @Test
  void leavesLaterRunsAlone() {
    scene.ledger().putOpen(new OpenRun(SYNC, "20261124T000000Z-0123456789abcdef", 2));
    minutes(90);

    assertThat(sweep()).isEmpty();
    assertThat(scene.ledger().openRuns()).hasSize(1);
  }

  // Jobs that were never opened.

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"claims/", "jobs/"})
  void opensAJobWhoseOpenerDied(String folder) {
    scene.sync(SKIPPING);
    ObjectVersion export = scene.put(KEY, EXPORT);
    dieBefore(folder);
    assertThat(sweep()).as("its writer may live").isEmpty();
    minutes(20);

    List<Swept> found = sweep();

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
    assertThat(sweep()).isEmpty();
  }

  /** A push asked for by hand: its number is in its id alone. */
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"claims/", "jobs/"})
  void opensARepeatWhoseOpenerDied(String folder) {
    scene.sync(SKIPPING);
    Job first = scene.open(KEY, EXPORT);
    scene.ledger().deleteOpen(new OpenRun(SYNC, first.id(), 1));
    Installation dying = dyingBefore(folder);
    assertThatThrownBy(() -> new Opening(dying).open(arrival(KEY), 3))
        .isInstanceOf(Scene.Crash.class);
    minutes(20);

    List<Swept> found = sweep();

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
    ObjectVersion old = version("v1", scene.parts().clock().instant());
    Installation dying = dyingBefore("jobs/");
    assertThatThrownBy(() -> new Opening(dying).open(arrival(KEY))).isInstanceOf(Scene.Crash.class);
    minutes(5);
    ObjectVersion young = version("v2", scene.parts().clock().instant());
    assertThat(new Opening(scene.installation()).open(arrival(KEY)))
        .isInstanceOf(Opened.Open.class);
    stage(scene.ledger().job(SYNC, JobId.of(young)).job().orElseThrow());
    minutes(20);

    assertThat(sweep())
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
    dieBefore("jobs/");
    minutes(20);
    switch (code) {
      case "EXPORT_GONE" -> scene.parts().store().delete(BUCKET, KEY);
      case "EXPORT_OVERWRITTEN" -> scene.put(KEY, "identity\nb\n");
      case "NO_SYNC" -> scene.ledger().deleteSyncFile(SYNC);
      default -> scene.sync(PROFILES + ",\"threadCount\":0");
    }
    OpenRun marker = new OpenRun(SYNC, JobId.of(export), 1);

    List<Swept> found = sweep();

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
    assertThat(sweep()).as("its writer may live").isEmpty();
    minutes(20);

    assertThat(sweep()).containsExactly(new Swept.Dropped(marker));
    assertThat(scene.ledger().openRuns()).isEmpty();
    assertThat(sweep()).isEmpty();
  }

  /** An event may come late, and about a version that is not the newest any more. */
  @Test
  void givesAMarkerBackThatIsClaimedAtTheLastMoment() {
    scene.sync(SKIPPING);
    String id = "20261101T000000Z-0123456789abcdef";
    OpenRun marker = new OpenRun(SYNC, id, 1);
    scene.ledger().putOpen(marker);
    minutes(20);
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

    assertThat(sweep(unlucky)).isEmpty();
    assertThat(scene.ledger().isOpen(marker)).isTrue();
  }

  /** Its export is there, and so is its news: it must not be forgotten. */
  @Test
  void keepsAMarkerWhoseExportCouldNotBeOpened() {
    scene.sync(SKIPPING);
    ObjectVersion export = scene.put(KEY, EXPORT);
    dieBefore("claims/");
    minutes(20);

    assertThatThrownBy(() -> sweep(dyingBefore("claims/"))).isInstanceOf(Scene.Crash.class);
    assertThat(scene.ledger().isOpen(new OpenRun(SYNC, JobId.of(export), 1))).isTrue();
    assertThat(sweep()).hasSize(1);
  }

  @Test
  void keepsAMarkerWhoseSyncIsBroken() {
    scene.sync(SKIPPING);
    ObjectVersion export = scene.put(KEY, EXPORT);
    dieBefore("claims/");
    minutes(20);
    scene.sync(PROFILES + ",\"threadCount\":0");

    assertThat(sweep()).isEmpty();
    scene.sync(SKIPPING);
    assertThat(sweep()).hasSize(1);
    assertThat(scene.ledger().claim(JobId.of(export))).isPresent();
  }

  /** The prefix is another sync's by now: the export is pushed by that one. */
  @Test
  void leavesNoMarkerOfASyncThatLostItsPrefix() {
    scene.sync(SKIPPING);
    ObjectVersion export = scene.put(KEY, EXPORT);
    dieBefore("claims/");
    minutes(20);
    scene.sync(SYNC, "elsewhere/", SKIPPING);
    scene.sync("heir", "vip/", SKIPPING);
    OpenRun marker = new OpenRun(SYNC, JobId.of(export), 1);

    List<Swept> found = sweep();

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

  // Second jobs that were asked for.

  @Test
  void opensASecondJobThatWasAskedFor() {
    Restage wish = wish();

    List<Swept> found = sweep();

    assertThat(found)
        .singleElement()
        .isInstanceOfSatisfying(
            Swept.GoesOn.class,
            on -> {
              assertThat(on.cause()).isEqualTo(Swept.Cause.ASKED_FOR);
              assertThat(on.job().id()).isEqualTo(wish.job());
            });
    assertThat(scene.ledger().restages()).isEmpty();
    assertThat(sweep()).isEmpty();
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

    assertThat(sweep())
        .allSatisfy(swept -> assertThat(((Swept.Ignored) swept).code()).isEqualTo(code))
        .hasSize(code == null ? 0 : 1);
    assertThat(scene.ledger().restages()).isEqualTo(isKept ? List.of(wish) : List.of());
  }

  // Exports that nobody claimed.

  @Test
  void opensAnExportWhoseNewsNeverCame() {
    scene.sync(SINCE);
    ObjectVersion export = scene.put(KEY, EXPORT);
    minutes(20);
    assertThat(sweep()).as("its news may be on its way").isEmpty();
    minutes(1);

    List<Swept> found = sweep();

    assertThat(found)
        .singleElement()
        .isInstanceOfSatisfying(
            Swept.GoesOn.class,
            on -> {
              assertThat(on.cause()).isEqualTo(Swept.Cause.MISSED);
              assertThat(on.job().export()).isEqualTo(export);
            });
    assertThat(sweep()).isEmpty();
  }

  @Test
  void opensTheNewestVersion() {
    scene.sync(SINCE);
    version("v1", scene.parts().clock().instant());
    ObjectVersion newest = version("v2", scene.parts().clock().instant());
    minutes(21);

    assertThat(sweep())
        .singleElement()
        .isInstanceOfSatisfying(
            Swept.GoesOn.class, on -> assertThat(on.job().export()).isEqualTo(newest));
  }

  @Test
  void leavesWhatIsNotToBePushed() {
    scene.sync(SKIPPING + ",\"since\":\"2026-11-24T00:02:00Z\"");
    scene.sync("broken", "broken/", PROFILES + ",\"threadCount\":0");
    scene.put("vip/before-since.csv", EXPORT);
    scene.put("broken/a.csv", EXPORT);
    scene.put("elsewhere/a.csv", EXPORT);
    minutes(90);
    Map<String, ByteBuffer> before = scene.objects("");

    assertThat(sweep()).isEmpty();
    assertThat(scene.objects("")).isEqualTo(before);
  }

  @Test
  void onlyReportsWhereNobodySaysSinceWhen() {
    scene.sync(SKIPPING);
    scene.put("vip/z.csv", EXPORT);
    Job job = scene.open("vip/b.csv", EXPORT);
    scene.put("vip/a.csv", EXPORT);
    stage(job);
    minutes(90);
    Map<String, ByteBuffer> before = scene.objects("");

    assertThat(sweep()).containsExactly(new Swept.Unclaimed(SYNC, 2, "vip/a.csv"));
    assertThat(scene.objects("")).isEqualTo(before);
  }

  /** Under one sync's prefix lies another's: the longest one takes an export. */
  @Test
  void looksAtAnExportOnce() {
    scene.sync(SKIPPING);
    scene.sync("gold", "vip/gold/", SINCE);
    scene.put("vip/gold/a.csv", EXPORT);
    scene.put("vip/a.csv", EXPORT);
    minutes(90);

    List<Swept> found = sweep();

    assertThat(found).hasSize(2);
    assertThat(((Swept.GoesOn) found.getFirst()).job().sync()).isEqualTo("gold");
    assertThat(found.get(1)).isEqualTo(new Swept.Unclaimed(SYNC, 1, "vip/a.csv"));
  }

  @Test
  void tellsExportsOfOneSecondApart() {
    scene.sync(SINCE);
    Instant second = scene.parts().clock().instant();
    List<ObjectVersion> exports = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      exports.add(
          scene
              .parts()
              .store()
              .put(
                  new ObjectVersion(BUCKET, "vip/" + name + ".csv", "v1", "\"e\"", 0, second),
                  EXPORT.getBytes(StandardCharsets.UTF_8)));
    }
    Opened opened = new Opening(scene.installation()).open(arrival("vip/b.csv"));
    stage(((Opened.Open) opened).job());
    minutes(90);

    assertThat(sweep())
        .extracting(swept -> ((Swept.GoesOn) swept).job().export())
        .containsExactly(exports.get(0), exports.get(2));
  }

  /** Only exports without a claim cost a request each. */
  @Test
  void asksForTheListingsAndNoMore() {
    scene.sync(SINCE);
    for (int i = 0; i < 5; i++) {
      stage(scene.open("vip/" + i + ".csv", EXPORT));
    }
    minutes(90);
    List<String> looks = new ArrayList<>();
    List<String> listings = new ArrayList<>();
    Installation watched =
        scene.over(
            new ForwardingStore(scene.parts().store()) {
              @Override
              public Optional<ObjectVersion> head(
                  String bucket, String key, @Nullable String versionId) {
                if (bucket.equals(BUCKET)) {
                  looks.add(key);
                }
                return super.head(bucket, key, versionId);
              }

              @Override
              public Page<ObjectEntry> entries(
                  String bucket, String prefix, @Nullable String after) {
                if (bucket.equals(BUCKET)) {
                  listings.add(prefix);
                }
                return super.entries(bucket, prefix, after);
              }
            });

    assertThat(sweep(watched)).isEmpty();
    assertThat(looks).isEmpty();
    assertThat(listings).hasSize(1);
  }

  @Test
  void twoSweepsAtOnceOpenOneJob() {
    scene.sync(SINCE);
    scene.put(KEY, EXPORT);
    minutes(90);
    List<Swept> other = new ArrayList<>();
    Installation slow =
        scene.beforeWrites(
            (key, content) -> {
              if (key.startsWith("open/")) {
                other.addAll(sweep());
              }
            });

    assertThat(sweep(slow)).isEqualTo(other).hasSize(1);
    assertThat(scene.objects("claims/")).hasSize(1);
  }

  @Test
  void aFailureDoesNotKeepTheOthersWaiting() {
    scene.sync(SINCE);
    for (String name : List.of("a", "b", "c")) {
      scene.put("vip/" + name + ".csv", EXPORT);
    }
    minutes(90);
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
    minutes(20);
    assertThat(sweep())
        .as("what could not be started is started by the next sweep")
        .hasSize(3)
        .allMatch(swept -> ((Swept.GoesOn) swept).cause() == Swept.Cause.STALLED);
  }

  @Test
  void endsInTimeAndDropsNothingThatItDidNotLookFor() {
    scene.sync(SINCE);
    ObjectVersion export = scene.put(KEY, EXPORT);
    dieBefore("claims/");
    scene.put("vip/b.csv", EXPORT);
    minutes(90);
    // The marker, the listing, the two exports.
    for (int steps = 0; steps < 3; steps++) {
      assertThat(sweep(scene.installation(), timeFor(steps))).as("%d steps", steps).isEmpty();
    }
    assertThat(scene.ledger().isOpen(new OpenRun(SYNC, JobId.of(export), 1))).isTrue();
    assertThat(sweep(scene.installation(), timeFor(3)))
        .singleElement()
        .isInstanceOfSatisfying(
            Swept.GoesOn.class, on -> assertThat(on.job().export()).isEqualTo(export));
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

  private List<Swept> sweep() {
    return sweep(scene.installation());
  }

  private List<Swept> sweep(Installation installation) {
    return sweep(installation, scene.unlimited());
  }

  private static List<Swept> sweep(Installation installation, TimeBudget budget) {
    List<Swept> found = new ArrayList<>();
    new Sweep(installation, BUCKET).sweep(budget, found::add);
    return found;
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

  private void minutes(int minutes) {
    scene.parts().clock().sleep(Duration.ofMinutes(minutes));
  }

  private ObjectVersion version(String id, Instant lastModified) {
    return scene
        .parts()
        .store()
        .put(
            new ObjectVersion(BUCKET, KEY, id, "\"" + id + "\"", 0, lastModified),
            EXPORT.getBytes(StandardCharsets.UTF_8));
  }

  private void dieBefore(String folder) {
    assertThatThrownBy(() -> new Opening(dyingBefore(folder)).open(arrival(KEY)))
        .isInstanceOf(Scene.Crash.class);
  }

  private Installation dyingBefore(String folder) {
    return scene.beforeWrites(
        (key, content) -> {
          if (key.startsWith(folder)) {
            throw new Scene.Crash();
          }
        });
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

  private Mark stage(Job job) {
    return new Staging(scene.installation(), 1000).stage(job, scene.unlimited()).orElseThrow();
  }

  private static String users(int rows) {
    return IntStream.range(0, rows)
        .mapToObj("u%d\n"::formatted)
        .collect(Collectors.joining("", "identity\n", ""));
  }
}
