package io.tapline.job;

import static io.tapline.job.Scene.BUCKET;
import static io.tapline.job.Scene.KEY;
import static io.tapline.job.Scene.PROFILES;
import static io.tapline.job.Scene.SKIPPING;
import static io.tapline.job.Scene.SYNC;
import static io.tapline.job.Scene.arrival;
import static io.tapline.job.Sweeps.EXPORT;
import static io.tapline.job.Sweeps.SINCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.aws.ForwardingStore;
import io.tapline.aws.ObjectEntry;
import io.tapline.aws.ObjectVersion;
import io.tapline.aws.Page;
import io.tapline.ledger.Job;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Exports that nobody claimed. */
class SweepMissedExportsTest {

  private final Scene scene = new Scene();
  private final Sweeps sweeps = new Sweeps(scene);

  @Test
  void opensAnExportWhoseNewsNeverCame() {
    scene.sync(SINCE);
    ObjectVersion export = scene.put(KEY, EXPORT);
    scene.minutes(20);
    assertThat(sweeps.sweep()).as("its news may be on its way").isEmpty();
    scene.minutes(1);

    List<Swept> found = sweeps.sweep();

    assertThat(found)
        .singleElement()
        .isInstanceOfSatisfying(
            Swept.GoesOn.class,
            on -> {
              assertThat(on.cause()).isEqualTo(Swept.Cause.MISSED);
              assertThat(on.job().export()).isEqualTo(export);
            });
    assertThat(sweeps.sweep()).isEmpty();
  }

  @Test
  void opensTheNewestVersion() {
    scene.sync(SINCE);
    scene.putVersion("v1", EXPORT);
    ObjectVersion newest = scene.putVersion("v2", EXPORT);
    scene.minutes(21);

    assertThat(sweeps.sweep())
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
    scene.minutes(90);
    Map<String, ByteBuffer> before = scene.objects("");

    assertThat(sweeps.sweep()).isEmpty();
    assertThat(scene.objects("")).isEqualTo(before);
  }

  @Test
  void onlyReportsWhereNobodySaysSinceWhen() {
    scene.sync(SKIPPING);
    scene.put("vip/z.csv", EXPORT);
    Job job = scene.open("vip/b.csv", EXPORT);
    scene.put("vip/a.csv", EXPORT);
    scene.stage(job);
    scene.minutes(90);
    Map<String, ByteBuffer> before = scene.objects("");

    assertThat(sweeps.sweep()).containsExactly(new Swept.Unclaimed(SYNC, 2, "vip/a.csv"));
    assertThat(scene.objects("")).isEqualTo(before);
  }

  /** Under one sync's prefix lies another's: the longest one takes an export. */
  @Test
  void looksAtAnExportOnce() {
    scene.sync(SKIPPING);
    scene.sync("gold", "vip/gold/", SINCE);
    scene.put("vip/gold/a.csv", EXPORT);
    scene.put("vip/a.csv", EXPORT);
    scene.minutes(90);

    List<Swept> found = sweeps.sweep();

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
    scene.stage(((Opened.Open) opened).job());
    scene.minutes(90);

    assertThat(sweeps.sweep())
        .extracting(swept -> ((Swept.GoesOn) swept).job().export())
        .containsExactly(exports.get(0), exports.get(2));
  }

  /** Only exports without a claim cost a request each. */
  @Test
  void asksForTheListingsAndNoMore() {
    scene.sync(SINCE);
    for (int i = 0; i < 5; i++) {
      scene.stage(scene.open("vip/" + i + ".csv", EXPORT));
    }
    scene.minutes(90);
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

    assertThat(sweeps.sweep(watched)).isEmpty();
    assertThat(looks).isEmpty();
    assertThat(listings).hasSize(1);
  }
}
