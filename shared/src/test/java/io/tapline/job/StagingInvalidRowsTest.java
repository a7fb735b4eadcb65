package io.tapline.job;

import static io.tapline.job.ExportText.longList;
import static io.tapline.job.Scene.KEY;
import static io.tapline.job.Scene.PROFILES;
import static io.tapline.job.Scene.SKIPPING;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.ledger.Job;
import io.tapline.ledger.Mark;
import io.tapline.ledger.Stop;
import io.tapline.record.Rejection;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that are invalid, and when there are too many of them. */
class StagingInvalidRowsTest {

  private final Scene scene = new Scene();

  @Test
  void stopsAtAnInvalidRowUnlessTheyAreSkipped() {
    scene.sync(PROFILES);
    Job job = scene.open(KEY, "identity,Age\na,1\nnone,2\nb,x\n");

    Mark staged = scene.stage(job);

    assertThat(scene.stop(job).code()).isEqualTo("INVALID_RECORD");
    assertThat(scene.stop(job).row()).isEqualTo(2);
    assertThat(scene.stop(job).message())
        .startsWith("2 of 3 rows read are invalid, the first is row 2");
    assertThat(staged.invalidRows()).extracting(Rejection::row).containsExactly(2L, 3L);
    assertThat(scene.objects("types/")).isEmpty();
  }

  @Test
  void listsTenThousandInvalidRowsAndReadsNoFurther() {
    scene.sync(PROFILES);
    Job job = scene.open(KEY, "identity\n" + "none\n".repeat(10_050));

    Mark staged = scene.stage(job);

    assertThat(scene.stop(job).code()).isEqualTo("INVALID_RECORD");
    assertThat(staged.rows()).isEqualTo(10_000);
    assertThat(staged.invalidRows()).hasSize(10_000);
    assertThat(scene.rowsIn(job, staged)).isEqualTo(10_000);
  }

  @ParameterizedTest(name = "{0} of 10 rows invalid, {1} allowed")
  @CsvSource({
    "0, 0, false",
    "1, 0, true",
    "2, 2, false",
    "3, 2, true",
    "2, '\"20%\"', false",
    "3, '\"20%\"', true",
    "3, '\"29.9%\"', true",
  })
  void stopsAtTooManyInvalidRows(int invalid, String limit, boolean stopped) {
    scene.sync(SKIPPING + ",\"maxInvalidRecords\":" + limit);
    Job job = scene.open(KEY, "identity\n" + "none\n".repeat(invalid) + "a\n".repeat(10 - invalid));

    Mark staged = scene.stage(job);

    assertThat(staged.invalid()).isEqualTo(invalid);
    assertThat(scene.job(job).run(1).stop().map(Stop::code))
        .isEqualTo(stopped ? Optional.of("TOO_MANY_INVALID_RECORDS") : Optional.empty());
  }

  /** A list may be longer than a text. */
  @Test
  void countsRowsThatTheTypesMakeInvalid() {
    scene.sync(PROFILES);
    String longList = longList();
    Job job =
        scene.open(
            KEY,
            "identity,Tags\n" + "a,%s\n".formatted(longList).repeat(12) + "none,\nb,plain text\n");

    Mark staged = scene.stage(job);

    assertThat(scene.stop(job).code()).isEqualTo("INVALID_RECORD");
    assertThat(scene.stop(job).message())
        .contains("13 of 14 rows", "row 1 ", "VALUE_TOO_LONG", "Tags");
    assertThat(staged.invalid()).isEqualTo(13);
    assertThat(staged.invalidRows())
        .extracting(Rejection::row)
        .isEqualTo(LongStream.rangeClosed(1, 13).boxed().toList());
  }

  @Test
  void sendsLongListsWhileTheirColumnIsAList() {
    scene.sync(PROFILES);
    Job job = scene.open(KEY, "identity,Tags\na," + longList() + "\n");

    assertThat(scene.stage(job).invalid()).isZero();
    assertThat(scene.job(job).run(1).stop()).isEmpty();
  }
}
