package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapline.aws.Clock;
import io.tapline.aws.ForwardingStore;
import io.tapline.aws.MemoryObjectStore;
import io.tapline.aws.ObjectVersion;
import io.tapline.aws.Page;
import io.tapline.chunk.ChunkId;
import io.tapline.export.Header;
import io.tapline.export.ReadPosition;
import io.tapline.ledger.Closed;
import io.tapline.ledger.Job;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.Mark;
import io.tapline.ledger.OpenRun;
import io.tapline.ledger.Outcome;
import io.tapline.ledger.Released;
import io.tapline.ledger.RowCounts;
import io.tapline.ledger.Selection;
import io.tapline.ledger.Stop;
import io.tapline.report.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is told of jobs that are not over, and what it costs to tell it. */
class JobStateTest {

  private static final String BUCKET = "work";
  private static final String ID = "20261124T000000Z-0123456789abcdef";
  private static final String OLDER = "20261123T000000Z-0123456789abcdef";
  private static final Instant AT = Instant.parse("2026-11-24T00:00:00Z");

  private final MemoryObjectStore store = new MemoryObjectStore(Clock.system());
  private final Ledger ledger = new Ledger(store, BUCKET);
  private final JobPlace place = new JobPlace("s3://work", ledger, null);

  static Stream<Arguments> states() {
    return Stream.of(
        state("being opened", test -> {}),
        state("staging", test -> test.open()),
        state("staging, 500,000 rows so far", test -> test.open().putMark(mark(500_000, false))),
        state("about to push 10,000 rows", JobStateTest::stage),
        state(
            "waiting for job " + OLDER + ", which is older",
            test -> {
              stage(test);
              test.ledger.putOpen(new OpenRun("vip", OLDER, 1));
            }),
        state(
            "pushing, about 2,000 of 10,000 rows",
            test -> {
              stage(test);
              test.release(10, true);
              test.outcomes(1, 2);
            }),
        state(
            "pushing, about 6,000 of 10,000 rows",
            test -> {
              stage(test);
              test.release(6, false); // a window, and all of it is through
              test.outcomes(1, 6);
            }),
        state(
            "pushed, its report is being written",
            test -> {
              stage(test);
              test.release(10, true);
              test.outcomes(1, 10);
            }),
        state(
            "being stopped (CALLS_FORBIDDEN)",
            test -> {
              stage(test);
              test.job().run(1).putStop(new Stop("CALLS_FORBIDDEN", "no", null));
            }),
        state(
            "run 2, pushing, 1 of 3 chunks",
            test -> {
              stage(test);
              test.close();
              test.ledger.putOpen(new OpenRun("vip", ID, 2));
              List<ChunkId> chunks = List.of(chunk(1), chunk(4), chunk(7));
              test.job().run(2).putSelection(new Selection(chunks, List.of()));
              test.job().run(2).putReleased(new Released(0, 3, true, AT));
              test.outcomes(2, 1);
            }));
  }

  private static Arguments state(String text, Consumer<JobStateTest> given) {
    return Arguments.of(text, given);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("states")
  void tellsWhatAnOpenJobIsDoing(String text, Consumer<JobStateTest> given) {
    ledger.putOpen(new OpenRun("vip", ID, 1));
    given.accept(this);
    StringWriter shown = new StringWriter();
    JobPlace.FoundJob found = new JobPlace.FoundJob(place, "vip", ID);

    int exitCode = new JobView(found, null, new PrintWriter(shown)).show();

    assertThat(exitCode).isEqualTo(6);
    assertThat(shown.toString())
        .startsWith("job " + ID + " (sync vip) is not over: " + text + "\n")
        .contains("Its report comes within a minute of its last call.");
    assertThat(JobList.of(place, List.of(found)).getFirst()).isEqualTo(ID + "  vip  " + text);
  }

  @Test
  void tellsThatTheSegmentIsBeingMade() {
    open(
        """
        {"connection":"prod","prefix":"vip/","target":"CUSTOM_LIST",
        "customList":{"name":"VIPs","userEmail":"admin@example.com","mode":"CREATE_NEW_SEGMENT"}}
        """);
    ledger.putOpen(new OpenRun("vip", ID, 1));
    job().putMark(mark(10_000, true));
    release(10, true);
    outcomes(1, 10);

    assertThat(new OpenJob(found(), job().job().orElseThrow(), 1).doing())
        .isEqualTo("pushed, the segment is being made");
  }

  @Test
  void showsTheReportOfTheRunsBefore() {
    stage(this);
    close();
    ledger.putOpen(new OpenRun("vip", ID, 2));
    job().putReport("report.json", report().toJson());
    StringWriter shown = new StringWriter();

    assertThat(new JobView(found(), null, new PrintWriter(shown)).show()).isEqualTo(6);

    assertThat(shown.toString())
        .contains(
            "What came of the runs before:", "FAILED: ", "report in s3://" + BUCKET + "/jobs/vip/");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a job of today,       report.html rejects.csv,   report.html, rejects.csv",
    "lines of JSON,        report.html rejects.jsonl, report.html, rejects.jsonl",
    "before it had a page, rejects.csv,               report.json, rejects.csv",
    "none of the others,   '',                        report.json, ",
  })
  void namesOnlyFilesThatAreThere(
      String rule, String others, String report, @Nullable String rejects, @TempDir Path out) {
    stage(this);
    close();
    job().putReport("report.json", report(new RowCounts(2, 1, 1, 0, 0, 0, 0)).toJson());
    Stream.of(others.split(" "))
        .filter(name -> !name.isEmpty())
        .forEach(name -> job().putReport(name, new byte[0]));
    StringWriter shown = new StringWriter();
    StringWriter copied = new StringWriter();

    new JobView(found(), null, new PrintWriter(shown)).show();
    new JobView(found(), out, new PrintWriter(copied)).show();

    assertThat(files(shown))
        .isEqualTo(files("s3://" + BUCKET + "/jobs/vip/" + ID + "/", report, rejects));
    assertThat(files(copied)).isEqualTo(files(out + "/", report, rejects));
  }

  /** What is said of files, behind the report. */
  private static List<String> files(StringWriter shown) {
    return shown
        .toString()
        .lines()
        .filter(line -> line.matches("(report|rejected).* in .*"))
        .toList();
  }

  private static List<String> files(String place, String report, @Nullable String rejects) {
    List<String> files = new ArrayList<>(List.of("report in " + place + report));
    if (rejects != null) {
      files.add("rejected rows in " + place + rejects);
    }
    return files;
  }

  @Test
  void aJobThatIsClosedAndStillMarkedIsOver() {
    stage(this);
    close();
    job().putReport("report.json", report().toJson());
    ledger.putOpen(new OpenRun("vip", ID, 1));

    assertThat(new JobView(found(), null, new PrintWriter(new StringWriter())).show()).isEqualTo(5);
  }

  /** Of forty jobs of two syncs only those are read that are shown. */
  @Test
  void readsNoMoreThanItShows() {
    for (int i = 10; i < 30; i++) {
      for (String sync : List.of("vip", "all")) {
        ledger
            .job(sync, "202611" + i + "T000000Z-0123456789abcdef")
            .putReport("report.json", report().toJson());
      }
    }
    AtomicInteger lists = new AtomicInteger();
    AtomicInteger reads = new AtomicInteger();
    ForwardingStore counting =
        new ForwardingStore(store) {
          @Override
          public Page<String> list(String bucket, String prefix, @Nullable String after) {
            lists.incrementAndGet();
            return super.list(bucket, prefix, after);
          }

          @Override
          public Page<String> listFolders(String bucket, String prefix, @Nullable String after) {
            lists.incrementAndGet();
            return super.listFolders(bucket, prefix, after);
          }

          @Override
          public Optional<byte[]> get(String bucket, String key) {
            reads.incrementAndGet();
            return super.get(bucket, key);
          }
        };

    List<String> lines =
        JobListing.of(
            List.of(new JobPlace("s3://work", new Ledger(counting, BUCKET), null)), null, 7);

    assertThat(lines.getFirst())
        .isEqualTo("the newest 7 of 40 jobs in s3://work; --last 40 lists all");
    // jobs/, jobs/all/, jobs/vip/ and open/
    assertThat(lists).hasValue(4);
    assertThat(reads).hasValue(7);
  }

  private JobLedger job() {
    return ledger.job("vip", ID);
  }

  private JobPlace.FoundJob found() {
    return new JobPlace.FoundJob(place, "vip", ID);
  }

  private JobLedger open() {
    return open(
        """
        {"connection":"prod","prefix":"vip/","target":"USER_PROFILES",
        "operation":"UPLOAD_USER_PROFILES"}
        """);
  }

  private JobLedger open(String settings) {
    try {
      ledger
          .job("vip", ID)
          .putJob(
              new Job(
                  ID,
                  "vip",
                  new ObjectVersion("exports", "vip/a.csv", null, "\"e\"", 1, AT),
                  new ObjectMapper().readTree(settings),
                  1,
                  AT));
      return job();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void stage(JobStateTest test) {
    test.open().putMark(mark(10_000, true));
  }

  private static Mark mark(long rows, boolean last) {
    return new Mark(
        0,
        new Header(List.of("identity"), false),
        ReadPosition.START,
        rows,
        0,
        List.of(10),
        null,
        null,
        0,
        List.of(),
        last,
        null,
        null);
  }

  private void release(int chunks, boolean last) {
    job().run(1).putReleased(new Released(0, chunks, last, AT));
  }

  private static ChunkId chunk(int number) {
    return new ChunkId(0, number);
  }

  private void outcomes(int run, int count) {
    for (int i = 0; i < count; i++) {
      job()
          .run(run)
          .putOutcome(
              new Outcome(
                  0,
                  i,
                  new RowCounts(1000, 1000, 0, 0, 0, 0, 0),
                  List.of(),
                  List.of(),
                  0,
                  1,
                  0,
                  0,
                  AT,
                  AT,
                  null));
    }
  }

  private void close() {
    job().run(1).putClosed(new Closed(report().rows(), "FAILED", AT));
  }

  private static Report report() {
    return report(new RowCounts(10_000, 9000, 0, 0, 1000, 0, 0));
  }

  private static Report report(RowCounts rows) {
    return new Report(
        ID,
        "vip",
        new Report.Export("exports", "vip/a.csv", null, 1),
        Report.Status.FAILED,
        AT,
        AT,
        rows,
        0,
        1,
        new Report.Calls(1, 0, 0),
        new Report.Chunks(10, 9, 1),
        List.of(),
        List.of(),
        null,
        null,
        List.of(),
        List.of());
  }
}
