package io.tapline.job;

import static io.tapline.job.ExportText.gzip;
import static io.tapline.job.ExportText.longList;
import static io.tapline.job.ExportText.users;
import static io.tapline.job.Scene.KEY;
import static io.tapline.job.Scene.PROFILES;
import static io.tapline.job.Scene.ROWS_PER_MARK;
import static io.tapline.job.Scene.SKIPPING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapline.aws.ForwardingStore;
import io.tapline.aws.ObjectChangedException;
import io.tapline.aws.ObjectVersion;
import io.tapline.export.ReadPosition;
import io.tapline.ledger.Job;
import io.tapline.ledger.Mark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Splitters that die, fail, or run beside another one. */
class StagingCrashTest {

  private final Scene scene = new Scene();

  @ParameterizedTest(name = "{0}, crash before mark {1}")
  @CsvSource({
    "vip/a.csv, 0",
    "vip/a.csv, 1",
    "vip/a.csv, 2",
    "vip/a.csv, 4",
    "vip/a.csv, 5",
    "vip/a.csv.gz, 1",
    "vip/a.csv.gz, 3",
    "vip/a.csv.gz, 5",
    "vip/a.jsonl, 2",
    "vip/a.jsonl, 5",
  })
  void writesTheSameWhereverItDied(String key, int mark) {
    Scene whole = new Scene();
    Job job = openMixed(whole, key);
    Mark expected =
        new Staging(whole.installation(), ROWS_PER_MARK)
            .stage(job, whole.unlimited())
            .orElseThrow();
    Job same = openMixed(scene, key);
    Installation dying =
        scene.beforeWrites(
            (name, content) -> {
              if (name.endsWith("/staging/" + mark + ".json")) {
                throw new Scene.Crash();
              }
            });
    assertThatThrownBy(() -> new Staging(dying, ROWS_PER_MARK).stage(same, scene.unlimited()))
        .isInstanceOf(Scene.Crash.class);
    assertThat(scene.job(same).latestMark().map(Mark::number).orElse(-1)).isEqualTo(mark - 1);

    // Whoever dies when it has just learned the types, has them from itself afterwards.
    assertThat(scene.stage(same))
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes("decided\\.columns\\.origin")
        .isEqualTo(expected);
    assertThat(expected.number()).isEqualTo(5);
    assertThat(expected.rows()).isEqualTo(5500);
    Map<String, ByteBuffer> chunks = whole.chunks(job);
    assertThat(chunks).hasSize(expected.totalChunks());
    assertThat(scene.chunks(same)).isEqualTo(chunks);
  }

  @Test
  void aCrashBetweenTheLastMarkAndItsStopReleasesNothing() {
    scene.sync(PROFILES);
    Job job = scene.open(KEY, "identity\na\nnone\n");
    Installation dying =
        scene.beforeWrites(
            (key, content) -> {
              if (key.endsWith("/stopped.json")) {
                throw new Scene.Crash();
              }
            });
    assertThatThrownBy(() -> new Staging(dying).stage(job, scene.unlimited()))
        .isInstanceOf(Scene.Crash.class);

    new Finish(scene.installation(), Duration.ZERO).finish(scene.unlimited(), report -> {});

    assertThat(scene.stop(job).code()).isEqualTo("INVALID_RECORD");
    assertThat(scene.stage(job).last()).isTrue();
    assertThat(scene.parts().queue().messages()).isEmpty();
  }

  /** The one that reads the export to its end decides: its job may be on its way. */
  @Test
  void anInvocationThatFailsAfterAnotherWasThroughStopsNothing() {
    scene.sync(SKIPPING);
    Job job = scene.open(KEY, "identity\na\n");
    Installation late =
        scene.over(
            new ForwardingStore(scene.parts().store()) {
              @Override
              public byte[] read(ObjectVersion version, long from, int length) {
                scene.stage(job);
                throw new ObjectChangedException(version, new IOException("412"));
              }
            });

    Mark staged = new Staging(late).stage(job, scene.unlimited()).orElseThrow();

    assertThat(staged.decided()).isNotNull();
    assertThat(scene.job(job).run(1).stop()).isEmpty();
  }

  @Test
  void hasNotEndedWhereAnotherInvocationIsAhead() {
    scene.sync(PROFILES);
    Job job = scene.open(KEY, "identity\na\n");
    Installation behind =
        scene.beforeWrites(
            (key, content) -> {
              if (key.contains("/staging/")) {
                scene.job(job).putMark(markOfAnother());
              }
            });

    assertThat(new Staging(behind).stage(job, scene.unlimited())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noMarkCountsAChunkThatIsNotThere(boolean isError) {
    scene.sync(SKIPPING);
    Job job = scene.open(KEY, users(3000));
    AtomicBoolean failed = new AtomicBoolean();
    Installation broken =
        scene.beforeWrites(
            (key, content) -> {
              if (key.contains("/chunks/") && !failed.getAndSet(true)) {
                if (isError) {
                  throw new StackOverflowError();
                }
                throw new Scene.Crash();
              }
            });

    assertThatThrownBy(() -> new Staging(broken).stage(job, scene.unlimited()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a chunk could not be written");
    assertThat(scene.job(job).latestMark()).isEmpty();
  }

  @Test
  void moreChunksFailTheSameWay() {
    scene.sync(SKIPPING + ",\"threadCount\":1");
    Job job = scene.open(KEY, users(20_000));
    Installation broken =
        scene.beforeWrites(
            (key, content) -> {
              if (key.contains("/chunks/")) {
                throw new Scene.Crash();
              }
            });

    assertThatThrownBy(() -> new Staging(broken).stage(job, scene.unlimited()))
        .isInstanceOf(IllegalStateException.class);
  }

  private static Mark markOfAnother() {
    return new Mark(
        0,
        null,
        ReadPosition.START,
        0,
        0,
        Collections.nCopies(5, 0),
        null,
        null,
        0,
        List.of(),
        false,
        null,
        null);
  }

  /** Rows of many kinds, some of them invalid or broken. */
  private static Job openMixed(Scene scene, String key) {
    scene.sync(SKIPPING + ",\"maxInvalidRecords\":\"50%\"");
    boolean isJson = key.endsWith(".jsonl");
    Random random = new Random(7);
    StringBuilder text = new StringBuilder(isJson ? "" : "identity,Tags,n\n");
    for (int i = 0; i < 5500; i++) {
      String user = random.nextInt(20) == 0 ? "none" : "u" + random.nextInt(900);
      String tags =
          switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> longList();
            default -> "\"[\"\"a\"\"]\"";
          };
      if (isJson) {
        text.append("{\"identity\":\"%s\",\"n\":%d}\n".formatted(user, random.nextInt(5)));
      } else {
        text.append("%s,%s,%d%s\n".formatted(user, tags, i, random.nextInt(50) == 0 ? ",x" : ""));
      }
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return scene.open(key, key.endsWith(".gz") ? gzip(text.toString()) : bytes);
  }
}
