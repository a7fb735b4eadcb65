package io.tapline.job;

import static io.tapline.job.Scene.BUCKET;
import static io.tapline.job.Scene.EVENTS;
import static io.tapline.job.Scene.KEY;
import static io.tapline.job.Scene.PROFILES;
import static io.tapline.job.Scene.SKIPPING;
import static io.tapline.job.Scene.SYNC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapline.aws.Clock;
import io.tapline.aws.ForwardingStore;
import io.tapline.aws.ObjectChangedException;
import io.tapline.aws.ObjectVersion;
import io.tapline.aws.TimeBudget;
import io.tapline.chunk.ChunkId;
import io.tapline.export.DelimitedRow;
import io.tapline.export.ReadPosition;
import io.tapline.export.Row;
import io.tapline.ledger.Job;
import io.tapline.ledger.LearnedTypes;
import io.tapline.ledger.Mark;
import io.tapline.ledger.Stop;
import io.tapline.ledger.Timeout;
import io.tapline.record.ColumnTypes;
import io.tapline.record.ColumnTypes.TypedColumn;
import io.tapline.record.Rejection;
import io.tapline.sync.ColumnType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StagingTest {

  private static final int ROWS_PER_MARK = 1000;

  private final Scene scene = new Scene();
  private final Staging staging = new Staging(scene.installation(), ROWS_PER_MARK);

  @Test
  void dealsRowsToLanesInTheOrderOfTheExport() {
    scene.sync(SKIPPING + ",\"threadCount\":3");
    Job job = scene.open(KEY, users(5000));

    Mark staged = stage(job);

    assertThat(staged.last()).isTrue();
    assertThat(staged.rows()).isEqualTo(5000);
    assertThat(staged.chunks()).hasSize(3);
    int rows = 0;
    for (int lane = 0; lane < 3; lane++) {
      long before = 0;
      for (int number = 0; number < staged.chunks().get(lane); number++) {
        List<Row> chunk = scene.job(job).chunk(new ChunkId(lane, number));
        assertThat(chunk).hasSizeLessThanOrEqualTo(1000);
        rows += chunk.size();
        for (Row row : chunk) {
          assertThat(row.number()).isGreaterThan(before);
          before = row.number();
        }
      }
    }
    assertThat(rows).isEqualTo(5000);
  }

  @Test
  void aChunkHasAThousandRows() {
    scene.sync(SKIPPING + ",\"threadCount\":1");
    Job job = scene.open(KEY, users(2500));

    Mark staged = new Staging(scene.installation()).stage(job, scene.unlimited()).orElseThrow();

    assertThat(staged.chunks()).containsExactly(3);
    assertThat(scene.job(job).chunk(new ChunkId(0, 1))).hasSize(1000);
    assertThat(scene.job(job).chunk(new ChunkId(0, 2))).hasSize(500);
  }

  @Test
  void aChunkHasFourMebibytes() {
    scene.sync(SKIPPING + ",\"threadCount\":1");
    String row = "u," + "x".repeat(1_000_000) + "\n";
    Job job = scene.open(KEY, "identity,text\n" + row.repeat(9));

    assertThat(stage(job).chunks()).containsExactly(3);
    assertThat(scene.job(job).chunk(new ChunkId(0, 0))).hasSize(4);
  }

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
    assertThat(stage(same))
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
  void stagingOnceMoreReadsNothing() {
    scene.sync(SKIPPING);
    Job job = scene.open(KEY, users(10));
    Mark staged = stage(job);
    scene.parts().store().delete(BUCKET, KEY);

    assertThat(stage(job)).isEqualTo(staged);
  }

  @Test
  void endsInTimeAndGoesOnFromTheLastMark() {
    scene.sync(SKIPPING);
    Job job = scene.open(KEY, users(10_500));

    assertThat(staging.stage(job, clockStopsAfterMark(9))).isEmpty();
    assertThat(scene.job(job).latestMark()).map(Mark::rows).contains(10_000L);
    assertThat(stage(job).rows()).isEqualTo(10_500);
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
    assertThat(stop(job).code()).isEqualTo("NO_PROGRESS");
    assertThat(stop(job).message()).contains("behind row 0", "in several parts");
  }

  @Test
  void stopsBehindTheMarkWhereItDoesNotGetOn() {
    scene.sync(SKIPPING);
    Job job = scene.open("vip/a.csv.gz", gzip(users(10_500)));
    assertThat(staging.stage(job, clockStopsAfterMark(3))).isEmpty();
    Staging slow = new Staging(slowly(() -> {}), ROWS_PER_MARK);

    assertThat(slow.stage(job, aMinute())).isEmpty();
    Mark end = slow.stage(job, aMinute()).orElseThrow();

    assertThat(stop(job).message()).contains("behind row 4000 ");
    assertThat(end.number()).isEqualTo(4);
    assertThat(end.rows()).isEqualTo(4000);
  }

  @Test
  void aMarkInBetweenIsProgress() {
    scene.sync(SKIPPING);
    Job job = scene.open(KEY, users(10_500));
    Staging slow = new Staging(slowly(() -> {}), ROWS_PER_MARK);

    assertThat(slow.stage(job, aMinute())).isEmpty();
    assertThat(staging.stage(job, clockStopsAfterMark(0))).isEmpty();
    assertThat(slow.stage(job, aMinute())).isEmpty();

    assertThat(stage(job).rows()).isEqualTo(10_500);
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
    assertThat(stage(job).rows()).isEqualTo(10);
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
    Staging slow = new Staging(slowly(() -> stage(job)), ROWS_PER_MARK);

    assertThat(slow.stage(job, aMinute())).map(Mark::rows).contains(10L);
  }

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

    Mark staged = stage(job);

    assertThat(staged.last()).isTrue();
    assertThat(staged.rows()).isZero();
    assertThat(staged.totalChunks()).isZero();
    assertThat(stop(job).code()).isEqualTo(code);
  }

  @Test
  void tellsWhatItReadBeforeAnOpenQuote() {
    scene.sync(SKIPPING);
    Job job = scene.open(KEY, users(2500) + "\"u,x\n" + "more,1\n".repeat(10));

    Mark staged = stage(job);

    assertThat(stop(job).code()).isEqualTo("UNCLOSED_QUOTE");
    assertThat(staged.number()).isEqualTo(2);
    assertThat(staged.last()).isTrue();
    assertThat(staged.rows()).isEqualTo(2500);
    assertThat(staged.decided()).isNull();
    assertThat(rowsIn(job, staged)).isEqualTo(2500);
    new Release(scene.installation()).release(job, staged, 1, 0);
    assertThat(scene.parts().queue().messages()).isEmpty();
  }

  @Test
  void tellsWhatItReadOfACutOffFile() {
    scene.sync(SKIPPING);
    byte[] whole = gzip(users(20_000));
    Job job = scene.open("vip/a.csv.gz", Arrays.copyOf(whole, whole.length - 100));

    Mark staged = stage(job);

    assertThat(stop(job).code()).isEqualTo("TRUNCATED_GZIP");
    assertThat(staged.last()).isTrue();
    assertThat(staged.rows()).isBetween(15_000L, 19_999L);
    assertThat(rowsIn(job, staged)).isEqualTo(staged.rows());
  }

  @Test
  void stopsAtTooManyKeys() {
    scene.sync(SKIPPING);
    String rows =
        IntStream.range(0, 5000)
            .mapToObj(i -> "{\"identity\":\"u\",\"k%d\":1}\n".formatted(i))
            .collect(Collectors.joining());
    Job job = scene.open("vip/a.jsonl", rows);

    Mark staged = stage(job);

    assertThat(stop(job).code()).isEqualTo("TOO_MANY_COLUMNS");
    assertThat(rowsIn(job, staged)).isEqualTo(staged.rows()).isBetween(100L, 4999L);
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

    assertThat(stop(job).code()).isEqualTo("EXPORT_OVERWRITTEN");
    assertThat(staged.rows()).isBetween(1L, 299L);
    assertThat(rowsIn(job, staged)).isEqualTo(staged.rows());
  }

  @Test
  void stopsWhenTheExportIsOverwrittenBehindAMark() {
    scene.sync(SKIPPING);
    Job job = scene.open(KEY, users(10_500));
    staging.stage(job, clockStopsAfterMark(9));
    Mark before = scene.job(job).latestMark().orElseThrow();
    scene.put(KEY, users(1));

    Mark staged = stage(job);

    assertThat(stop(job).code()).isEqualTo("EXPORT_OVERWRITTEN");
    assertThat(staged.last()).isTrue();
    assertThat(staged.number()).isEqualTo(before.number() + 1);
    assertThat(staged.rows()).isEqualTo(10_000);
    assertThat(staged.chunks()).isEqualTo(before.chunks());
    assertThat(staged.header()).isEqualTo(before.header());
  }

  @Test
  void readsTheVersionThatArrived() {
    scene.sync(SKIPPING);
    for (String version : List.of("v1", "v2")) {
      scene
          .parts()
          .store()
          .put(
              new ObjectVersion(BUCKET, KEY, version, "\"e\"", 0, scene.parts().clock().instant()),
              ("identity\n" + version + "\n").getBytes(StandardCharsets.UTF_8));
    }
    Arrival arrival = new Arrival(BUCKET, KEY, "v1", "e");
    Job job = ((Opened.Open) new Opening(scene.installation()).open(arrival)).job();

    Mark staged = stage(job);

    int lane = staged.chunks().indexOf(1);
    assertThat(scene.job(job).chunk(new ChunkId(lane, 0)))
        .singleElement()
        .isInstanceOfSatisfying(DelimitedRow.class, row -> assertThat(row.text(0)).isEqualTo("v1"));
  }

  @Test
  void stopsAtAnInvalidRowUnlessTheyAreSkipped() {
    scene.sync(PROFILES);
    Job job = scene.open(KEY, "identity,Age\na,1\nnone,2\nb,x\n");

    Mark staged = stage(job);

    assertThat(stop(job).code()).isEqualTo("INVALID_RECORD");
    assertThat(stop(job).row()).isEqualTo(2);
    assertThat(stop(job).message()).startsWith("2 of 3 rows read are invalid, the first is row 2");
    assertThat(staged.invalidRows()).extracting(Rejection::row).containsExactly(2L, 3L);
    assertThat(scene.objects("types/")).isEmpty();
  }

  @Test
  void listsTenThousandInvalidRowsAndReadsNoFurther() {
    scene.sync(PROFILES);
    Job job = scene.open(KEY, "identity\n" + "none\n".repeat(10_050));

    Mark staged = stage(job);

    assertThat(stop(job).code()).isEqualTo("INVALID_RECORD");
    assertThat(staged.rows()).isEqualTo(10_000);
    assertThat(staged.invalidRows()).hasSize(10_000);
    assertThat(rowsIn(job, staged)).isEqualTo(10_000);
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

    Mark staged = stage(job);

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

    Mark staged = stage(job);

    assertThat(stop(job).code()).isEqualTo("INVALID_RECORD");
    assertThat(stop(job).message()).contains("13 of 14 rows", "row 1 ", "VALUE_TOO_LONG", "Tags");
    assertThat(staged.invalid()).isEqualTo(13);
    assertThat(staged.invalidRows())
        .extracting(Rejection::row)
        .isEqualTo(LongStream.rangeClosed(1, 13).boxed().toList());
  }

  @Test
  void sendsLongListsWhileTheirColumnIsAList() {
    scene.sync(PROFILES);
    Job job = scene.open(KEY, "identity,Tags\na," + longList() + "\n");

    assertThat(stage(job).invalid()).isZero();
    assertThat(scene.job(job).run(1).stop()).isEmpty();
  }

  @Test
  void learnsTypesAndWidensThem() {
    scene.sync(SKIPPING);
    Mark first = stage(scene.open("vip/1.csv", "identity,Points,Town\na,7,x\n"));
    assertThat(types(first)).containsEntry("Points", List.of(ColumnType.NUMBER));
    assertThat(scene.ledger().learnedTypes(SYNC).types())
        .containsEntry("Points", ColumnType.NUMBER)
        .containsEntry("Town", ColumnType.STRING);

    Mark second = stage(scene.open("vip/2.csv", "identity,Points,Town\na,many,1\n"));

    assertThat(types(second))
        .containsEntry("Points", List.of(ColumnType.STRING))
        .containsEntry("Town", List.of(ColumnType.STRING));
    assertThat(second.decided().warnings()).hasSize(1);
    LearnedTypes learned = scene.ledger().learnedTypes(SYNC);
    assertThat(learned.number()).isEqualTo(1);
    assertThat(learned.types()).containsEntry("Points", ColumnType.STRING);

    stage(scene.open("vip/3.csv", "identity,Points,Town\na,1,1\n"));
    assertThat(scene.ledger().learnedTypes(SYNC)).isEqualTo(learned);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          what was learned stays             | Points | 7    | NUMBER | false
          whatever the value is              | Points | many | NUMBER | false
          what fits less than was learned    | Town   | 7    | STRING | false
          what was not learned is told       | Zip    | 7    | NUMBER | true
          """)
  void rejectedRowsHaveTheTypesOfTheSync(
      String rule, String column, String value, ColumnType type, boolean warned) {
    scene.sync(SKIPPING);
    stage(scene.open("vip/1.csv", "identity,Points,Town\na,7,x\n"));
    LearnedTypes learned = scene.ledger().learnedTypes(SYNC);

    Mark rejects =
        stage(
            scene.open(
                "vip/rejects.csv",
                "identity,%s,_row,_code,_reason\na,%s,1,516,x\n".formatted(column, value)));

    assertThat(types(rejects)).containsEntry(column, List.of(type));
    assertThat(rejects.decided().warnings())
        .extracting(ColumnTypes.Warning::code)
        .isEqualTo(warned ? List.of("TYPES_OF_FEW_ROWS") : List.of());
    assertThat(scene.ledger().learnedTypes(SYNC).types()).containsAllEntriesOf(learned.types());
  }

  @Test
  void rejectedRowsThatDoNotFitTheTypesOfTheSyncAreInvalid() {
    scene.sync(PROFILES);
    stage(scene.open("vip/1.csv", "identity,Points\na,7\n"));

    Job job = scene.open("vip/rejects.csv", "identity,Points,_row,_code,_reason\na,many,1,516,x\n");
    stage(job);

    assertThat(stop(job).code()).isEqualTo("INVALID_RECORD");
    assertThat(stop(job).message()).contains("Points");
  }

  @ParameterizedTest(name = "{0} to {1}: stopped is {2}")
  @CsvSource({
    "vip/rejects.csv,   UPDATE_EXISTING_SEGMENT, true",
    "vip/rejects.jsonl, UPDATE_EXISTING_SEGMENT, true",
    "vip/whole.csv,     UPDATE_EXISTING_SEGMENT, false",
    "vip/rejects.csv,   CREATE_NEW_SEGMENT,      false",
  })
  void aListIsNotReplacedByItsRejectedRows(String key, String mode, boolean stopped) {
    scene.sync(
        """
        "target":"CUSTOM_LIST","skipOnInvalidRecord":true,
        "customList":{"name":"VIPs","userEmail":"admin@example.com","mode":"%s"}
        """
            .formatted(mode));
    String text =
        switch (key) {
          case "vip/rejects.csv" -> "type,identity,_row,_code,_reason\ni,a,1,LIST_TYPE,x\n";
          case "vip/whole.csv" -> "type,identity\ni,a\n";
          default -> "{\"type\":\"i\",\"identity\":\"a\"}\n";
        };

    Job job = scene.open(key, text);
    Mark staged = stage(job);

    assertThat(Optional.ofNullable(staged.stop()).map(Stop::code))
        .isEqualTo(stopped ? Optional.of("LIST_OF_REJECTS") : Optional.empty());
    assertThat(staged.rows()).isEqualTo(stopped ? 0 : 1);
  }

  /** A comma in the name of a column must not hide the others. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiterString = "/",
      quoteCharacter = '`',
      textBlock =
          """
          as many spreadsheets do     / ,  / identity;a,b;_row;_code;_reason             / true
          with quotes                 / ,  / identity;"x";"_row";"_code";"_reason"       / true
          as the sync's exports are   / ;  / identity;x;_row;_code;_reason               / true
          as text between tabs        / ,  / identity\tx\t_row\t_code\t_reason           / true
          alone                       / ,  / _row;_code;_reason                          / true
          as it was written           / ;  / identity,x,_row,_code,_reason               / false
          another column behind       / ;  / identity;_row;_code;_reason;x               / false
          columns of a similar name   / ;  / identity;a_row;_code;_reason                / false
          """)
  void rejectedRowsBetweenOtherDelimitersAreNotSent(
      String rule, String delimiter, String header, boolean stopped) {
    scene.sync(SKIPPING + ",\"format\":{\"delimiter\":\"" + delimiter + "\"}");
    Job job = scene.open("vip/rejects.csv", header.replace("\\t", "\t") + "\n");

    assertThat(Optional.ofNullable(stage(job).stop()).map(Stop::code))
        .isEqualTo(stopped ? Optional.of("REJECTS_DELIMITER") : Optional.empty());
  }

  @Test
  void decidesAgainWhenAnotherJobLearnedAtTheSameTime() {
    scene.sync(SKIPPING);
    Job job = scene.open(KEY, "identity,Points\na,7\n");

    Mark staged = new Staging(beatenToTypes("Points")).stage(job, scene.unlimited()).orElseThrow();

    assertThat(types(staged)).containsEntry("Points", List.of(ColumnType.STRING));
  }

  @Test
  void checksAgainWhenAnotherJobLearnedAtTheSameTime() {
    scene.sync(PROFILES);
    Job job = scene.open(KEY, "identity,Tags\na," + longList() + "\n");

    new Staging(beatenToTypes("Tags")).stage(job, scene.unlimited()).orElseThrow();

    assertThat(stop(job).code()).isEqualTo("INVALID_RECORD");
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

    assertThat(stop(job).code()).isEqualTo("INVALID_RECORD");
    assertThat(stage(job).last()).isTrue();
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
                stage(job);
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

  @Test
  void anExportOfNoRowsIsStaged() {
    scene.sync(PROFILES);
    Job job = scene.open(KEY, "identity\n");

    assertThat(stage(job).rows()).isZero();
    assertThat(scene.job(job).run(1).stop()).isEmpty();
  }

  @Test
  void stagesEvents() {
    scene.sync(EVENTS);
    Job job = scene.open(KEY, "identity,evtName\na,Bought\n");

    assertThat(stage(job).totalChunks()).isEqualTo(1);
  }

  private TimeBudget aMinute() {
    return TimeBudget.of(scene.parts().clock(), Duration.ofMinutes(1));
  }

  /** A budget that is used up as soon as this mark is there. */
  private TimeBudget clockStopsAfterMark(int mark) {
    return TimeBudget.of(
        new Clock() {
          @Override
          public Instant instant() {
            boolean isThere =
                !scene.objects("jobs/").keySet().stream()
                    .filter(key -> key.endsWith("/staging/" + mark + ".json"))
                    .toList()
                    .isEmpty();
            return isThere ? Instant.MAX.minusSeconds(60) : Instant.EPOCH;
          }

          @Override
          public void sleep(Duration duration) {}
        },
        Duration.ofMinutes(1));
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

  private Mark stage(Job job) {
    return staging.stage(job, scene.unlimited()).orElseThrow();
  }

  private Stop stop(Job job) {
    return scene.job(job).run(1).stop().orElseThrow();
  }

  private long rowsIn(Job job, Mark staged) {
    long rows = 0;
    for (int lane = 0; lane < staged.chunks().size(); lane++) {
      for (int number = 0; number < staged.chunks().get(lane); number++) {
        rows += scene.job(job).chunk(new ChunkId(lane, number)).size();
      }
    }
    return rows;
  }

  private static Map<String, List<ColumnType>> types(Mark staged) {
    return staged.decided().columns().stream()
        .collect(Collectors.toMap(TypedColumn::name, TypedColumn::types));
  }

  /** An installation in which another job always learns first that this column is a string. */
  private Installation beatenToTypes(String column) {
    return scene.beforeWrites(
        (key, content) -> {
          if (key.equals("types/" + SYNC + "/0.json")) {
            scene
                .ledger()
                .putLearnedTypes(SYNC, LearnedTypes.NONE.next(Map.of(column, ColumnType.STRING)));
          }
        });
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

  /** A JSON array in CSV, over 512 bytes. */
  private static String longList() {
    return IntStream.range(0, 90)
        .mapToObj("\"\"tag-%02d\"\""::formatted)
        .collect(Collectors.joining(",", "\"[", "]\""));
  }

  private static String users(int rows) {
    return IntStream.range(0, rows)
        .mapToObj(i -> "u%d,%d\n".formatted(i % 1777, i))
        .collect(Collectors.joining("", "identity,n\n", ""));
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

  private static byte[] gzip(String text) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gz = new GZIPOutputStream(packed)) {
      gz.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return packed.toByteArray();
  }
}
