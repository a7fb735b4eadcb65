package io.tapline.job;

import static io.tapline.job.ExportText.gzip;
import static io.tapline.job.ExportText.users;
import static io.tapline.job.Scene.BUCKET;
import static io.tapline.job.Scene.KEY;
import static io.tapline.job.Scene.ROWS_PER_MARK;
import static io.tapline.job.Scene.SKIPPING;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.aws.ForwardingStore;
import io.tapline.aws.ObjectVersion;
import io.tapline.ledger.Job;
import io.tapline.ledger.Mark;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exports that can't be read, or not to their end. */
class StagingBadExportTest {

  private final Scene scene = new Scene();
  private final Staging staging = new Staging(scene.installation(), ROWS_PER_MARK);

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          EMPTY_EXPORT         | 0 bytes                       | vip/a.csv    | ''
          BROKEN_HEADER        | a NUL in the header           | vip/a.csv    | 'id\\0,x'
          MISSING_COLUMN       | nobody to send a row to       | vip/a.csv    | 'name,x'
          DUPLICATE_COLUMN     | a column twice                | vip/a.csv    | 'identity,x,x'
          NOT_GZIP             | another format than it says   | vip/a.csv.gz | 'identity,x'
          """)
  void stopsAtAnExportThatCantBeRead(String code, String rule, String key, String text) {
    scene.sync(SKIPPING);
    Job job = scene.open(key, text.isEmpty() ? "" : text.replace("\\0", "\0") + "\n1,2\n");

    Mark staged = scene.stage(job);

    assertThat(staged.last()).isTrue();
    assertThat(staged.rows()).isZero();
    assertThat(staged.totalChunks()).isZero();
    assertThat(scene.stop(job).code()).isEqualTo(code);
  }

  @Test
  void tellsWhatItReadBeforeAnOpenQuote() {
    scene.sync(SKIPPING);
    Job job = scene.open(KEY, users(2500) + "\"u,x\n" + "more,1\n".repeat(10));

    Mark staged = scene.stage(job);

    assertThat(scene.stop(job).code()).isEqualTo("UNCLOSED_QUOTE");
    assertThat(staged.number()).isEqualTo(2);
    assertThat(staged.last()).isTrue();
    assertThat(staged.rows()).isEqualTo(2500);
    assertThat(staged.decided()).isNull();
    assertThat(scene.rowsIn(job, staged)).isEqualTo(2500);
    new Release(scene.installation()).release(job, staged, 1, 0);
    assertThat(scene.parts().queue().messages()).isEmpty();
  }

  @Test
  void tellsWhatItReadOfACutOffFile() {
    scene.sync(SKIPPING);
    byte[] whole = gzip(users(20_000));
    Job job = scene.open("vip/a.csv.gz", Arrays.copyOf(whole, whole.length - 100));

    Mark staged = scene.stage(job);

    assertThat(scene.stop(job).code()).isEqualTo("TRUNCATED_GZIP");
    assertThat(staged.last()).isTrue();
    assertThat(staged.rows()).isBetween(15_000L, 19_999L);
    assertThat(scene.rowsIn(job, staged)).isEqualTo(staged.rows());
  }

  @Test
  void stopsAtTooManyKeys() {
    scene.sync(SKIPPING);
    String rows =
        IntStream.range(0, 5000)
            .mapToObj(i -> "{\"identity\":\"u\",\"k%d\":1}\n".formatted(i))
            .collect(Collectors.joining());
    Job job = scene.open("vip/a.jsonl", rows);

    Mark staged = scene.stage(job);

    assertThat(scene.stop(job).code()).isEqualTo("TOO_MANY_COLUMNS");
    assertThat(scene.rowsIn(job, staged)).isEqualTo(staged.rows()).isBetween(100L, 4999L);
  }

  @Test
  void stopsWhenTheExportIsOverwrittenWhileItIsRead() {
    scene.sync(SKIPPING);
    String row = "u," + "x".repeat(100_000) + "\n";
    Job job = scene.open(KEY, "identity,text\n" + row.repeat(300));
    Installation unlucky =
        scene.over(
            new ForwardingStore(scene.parts().store()) {
              @Override
              public byte[] read(ObjectVersion version, long from, int length) {
                if (from > 0) {
                  put(BUCKET, KEY, new byte[] {'x'});
                }
                return super.read(version, from, length);
              }
            });

    Mark staged = new Staging(unlucky).stage(job, scene.unlimited()).orElseThrow();

    assertThat(scene.stop(job).code()).isEqualTo("EXPORT_OVERWRITTEN");
    assertThat(staged.rows()).isBetween(1L, 299L);
    assertThat(scene.rowsIn(job, staged)).isEqualTo(staged.rows());
  }

  @Test
  void stopsWhenTheExportIsOverwrittenBehindAMark() {
    scene.sync(SKIPPING);
    Job job = scene.open(KEY, users(10_500));
    staging.stage(job, scene.untilMark(9));
    Mark before = scene.job(job).latestMark().orElseThrow();
    scene.put(KEY, users(1));

    Mark staged = scene.stage(job);

    assertThat(scene.stop(job).code()).isEqualTo("EXPORT_OVERWRITTEN");
    assertThat(staged.last()).isTrue();
    assertThat(staged.number()).isEqualTo(before.number() + 1);
    assertThat(staged.rows()).isEqualTo(10_000);
    assertThat(staged.chunks()).isEqualTo(before.chunks());
    assertThat(staged.header()).isEqualTo(before.header());
  }
}
