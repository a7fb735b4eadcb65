package io.tapline.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.ledger.RowCounts;
import io.tapline.ledger.Stop;
import io.tapline.report.Report.Calls;
import io.tapline.report.Report.Reason;
import io.tapline.report.Report.Segment;
import io.tapline.report.Report.Status;
import io.tapline.report.Report.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTextTest {

  private static final Instant AT = Instant.parse("2026-11-24T00:00:00Z");

  private Duration time = Duration.ofMillis(12_345);
  private int runs = 1;
  private Calls calls = new Calls(1234, 5, 6);
  private Report.Chunks chunks = new Report.Chunks(1, 1, 0);
  private long sentAgain;
  private List<Reason> reasons = List.of();
  private List<Warning> warnings = List.of();
  private @Nullable Segment segment;
  private @Nullable Stop stopped;

  @ParameterizedTest(name = "{0}: {7}")
  @CsvSource({
    // read, accepted, rejected, failed, unknown, not sent
    "COMPLETED, 3, 3, 0, 0, 0, 0, all rows were delivered",
    "COMPLETED, 0, 0, 0, 0, 0, 0, the export has no rows",
    "COMPLETED_WITH_REJECTIONS, 2000, 1999, 1, 0, 0, 0,"
        + " '1,999 of 2,000 rows were delivered, the others are listed in rejects'",
    "FAILED, 3003, 0, 0, 1001, 1001, 1001, '3,003 rows are still open'",
    "FAILED, 3, 0, 0, 0, 0, 0, the counts do not add up; please report this",
    "STOPPED, 3, 0, 0, 0, 0, 3, the run was stopped before it was through",
  })
  void beginsWithTheVerdict(
      Status status,
      long read,
      long accepted,
      long rejected,
      long failed,
      long unknown,
      long notSent,
      String verdict) {
    RowCounts rows = new RowCounts(read, accepted, rejected, 0, failed, unknown, notSent);

    assertThat(text(status, rows)).startsWith(status + ": " + verdict + "\n\n");
  }

  @ParameterizedTest(name = "id {0}")
  @CsvSource({"1234, 1234", ", not told"})
  void tellsTheSegment(@Nullable Long id, String text) {
    segment = new Segment(id, "VIPs", "CREATE_NEW_SEGMENT");

    assertThat(text(Status.COMPLETED, RowCounts.NONE))
        .contains(
            "\n  segment   \"VIPs\", id %s; CleverTap mails its admin when it is made\n"
                .formatted(text));
  }

  @Test
  void saysSoWhenNothingWasSent() {
    calls = new Calls(0, 0, 0);
    stopped = new Stop("INVALID_RECORD", "row 2 is invalid", 2L);

    assertThat(text(Status.STOPPED, new RowCounts(3, 0, 1, 0, 0, 0, 2)))
        .startsWith("STOPPED: nothing was sent\n")
        .contains("\n  stopped   INVALID_RECORD: row 2 is invalid\n");
  }

  @Test
  void showsTheSum() {
    assertThat(text(Status.FAILED, new RowCounts(10_000, 9994, 1, 2, 1, 1, 1)))
        .contains(
            """
              job       job-1 (sync vip)
              export    s3://exports/vip/1.csv
              rows      10,000 read
                       9,994  accepted by CleverTap
                           1  rejected by Tapline's checks
                           2  refused by CleverTap
                           1  failed after all retries
                           1  unknown: nobody knows the outcome of their call
                           1  not sent
              calls     1,234 (5 repeated, 6 throttled)
              time      12.3 s from the opening of the job to its report
            """);
  }

  @ParameterizedTest(name = "{0}, {1} runs: {2}")
  @CsvSource({
    "PT0.04S,   1, 0.0 s from the opening of the job to its report",
    "PT61.25S,  1, 1 min 1 s from the opening of the job to its report",
    "PT3599.9S, 1, 59 min 59 s from the opening of the job to its report",
    "PT49H3M,   2, '49 h 3 min from the opening of the job to its report, with all that lay between"
        + " its 2 runs'",
  })
  void saysWhichTimeItTells(Duration time, int runs, String text) {
    this.time = time;
    this.runs = runs;

    assertThat(text(Status.COMPLETED, new RowCounts(1, 1, 0, 0, 0, 0, 0)))
        .contains("\n  time      " + text + "\n");
  }

  @Test
  void leavesOutWhatIsRareAndDidNotHappen() {
    assertThat(text(Status.COMPLETED, new RowCounts(1, 1, 0, 0, 0, 0, 0)))
        .contains("0  rejected", "0  refused")
        .doesNotContain(
            "next", "failed", "unknown", "not sent", "stopped", "code", "warning", "twice");
  }

  @Test
  void listsReasonsAndWarnings() {
    sentAgain = 1000;
    reasons =
        List.of(
            new Reason("tapline", "516", "phone", 1200, "no phone", List.of(1L, 3L), List.of()),
            new Reason("clevertap", "523", null, 1, "no identity", List.of(2L), List.of()));
    warnings = List.of(new Warning("NO_ROWS", "none"));

    assertThat(text(Status.FAILED, new RowCounts(3, 1, 1, 1, 0, 0, 0)))
        .contains(
            """
                  rows  code                 column           first rows
                 1,200  516                  phone            1, 3
                     1  523                  –                2
                        what the codes mean and what to do: docs/codes.md

              warning   NO_ROWS: none
            """)
        .contains("1,000 events were sent again");
  }

  @Test
  void leavesOutWhatCleverTapAnsweredSinceItMayQuoteARow() {
    warnings =
        List.of(
            new Warning(
                "ROWS_FAILED",
                "2 rows are failed (code 400); the first are 1, 2",
                "HTTP 400: +12025550101 is wrong"));

    assertThat(text(Status.FAILED, new RowCounts(2, 0, 0, 0, 2, 0, 0)))
        .contains("  warning   ROWS_FAILED: 2 rows are failed (code 400); the first are 1, 2\n")
        .doesNotContain("2025550101");
  }

  @Test
  void listsTwelveReasons() {
    reasons =
        IntStream.range(0, 15)
            .mapToObj(i -> new Reason("tapline", "C" + i, "c", 1, "r", List.of(1L), List.of()))
            .toList();

    assertThat(text(Status.FAILED, RowCounts.NONE))
        .contains(" C11 ", "and 3 more reasons")
        .doesNotContain(" C12 ");
  }

  @Test
  void printsNothingThatATerminalObeys() {
    reasons =
        List.of(
            new Reason(
                "tapline",
                "X",
                "\u001b[2J\r\n\u202Ex" + "y".repeat(50),
                1,
                "",
                List.of(1L),
                List.of()));
    warnings = List.of(new Warning("Y", "a\u0007\u0085b\nc"));

    assertThat(text(Status.COMPLETED_WITH_REJECTIONS, new RowCounts(1, 0, 1, 0, 0, 0, 0)))
        .contains("\uFFFD[2J\uFFFD\uFFFD\uFFFDx" + "y".repeat(31) + "… ", "a\uFFFD\uFFFDb\nc");
  }

  @ParameterizedTest(name = "{0}, {1} chunks, {2} unknown: {3}")
  @CsvSource({
    ",                    1, 0, tapline redrive job-1 sends the rows that are open",
    ",                    1, 1, 'tapline redrive job-1 sends the rows that are open; with --unknown"
        + " also those that are unknown'",
    "CALLS_FORBIDDEN,     1, 0, tapline redrive job-1 sends the rows that are open",
    "CONNECTION_UNUSABLE, 0, 0, tapline redrive job-1 sends the rows that are open",
    "STALE,               0, 0, tapline redrive job-1 --stale sends it all the same",
    "INVALID_RECORD,      0, 0, 'put it right, then tapline redrive job-1 --restage pushes the"
        + " export anew'",
    "LIST_TOO_LARGE,      1, 0, tapline redrive job-1 sends the rows that are open",
  })
  void saysHowOpenRowsAreSent(@Nullable String stop, long done, long unknown, String next) {
    chunks = new Report.Chunks(1, done, 0);
    stopped = stop == null ? null : new Stop(stop, "of this", null);

    assertThat(text(Status.FAILED, new RowCounts(2 + unknown, 0, 0, 0, 1, unknown, 1)))
        .endsWith("\n\n  next      " + next + "\n");
  }

  @Test
  void isTheSameInEveryCountry() {
    RowCounts rows = new RowCounts(12_345, 12_344, 1, 0, 0, 0, 0);
    Locale before = Locale.getDefault();
    String here = text(Status.COMPLETED_WITH_REJECTIONS, rows);
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(text(Status.COMPLETED_WITH_REJECTIONS, rows)).isEqualTo(here);
    } finally {
      Locale.setDefault(before);
    }
  }

  private String text(Status status, RowCounts rows) {
    return ReportText.of(
        new Report(
            "job-1",
            "vip",
            new Report.Export("exports", "vip/1.csv", null, 17),
            status,
            AT,
            AT.plus(time),
            rows,
            sentAgain,
            runs,
            calls,
            chunks,
            reasons,
            List.of(),
            segment,
            stopped,
            warnings,
            List.of()));
  }
}
