package io.tapline.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.ledger.RowCounts;
import io.tapline.ledger.Stop;
import io.tapline.report.Report.Example;
import io.tapline.report.Report.Point;
import io.tapline.report.Report.Reason;
import io.tapline.report.Report.Segment;
import io.tapline.report.Report.SentColumn;
import io.tapline.report.Report.Status;
import io.tapline.report.Report.Warning;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportPageTest {

  private static final Instant AT = Instant.parse("2026-11-24T00:00:00Z");
  private static final String HOSTILE = "</title><img src=x onerror='a()'>\"&\u202E\u001b[2J\u0000";
  private static final String SHOWN =
      "&lt;/title&gt;&lt;img src=x onerror=&#39;a()&#39;&gt;&quot;&amp;\uFFFD\uFFFD[2J\uFFFD";

  private Status status = Status.COMPLETED_WITH_REJECTIONS;
  private RowCounts rows = new RowCounts(4, 3, 1, 0, 0, 0, 0);
  private long calls = 3;
  private String key = "vip/1.csv";
  private List<Reason> reasons = List.of();
  private List<SentColumn> columns = List.of();
  private @Nullable Segment segment;
  private @Nullable Stop stopped;
  private List<Warning> warnings = List.of();
  private List<Point> timeline = List.of();
  private @Nullable String rejects = "rejects.csv";

  @Test
  void runsNothingAndLoadsNothing() {
    assertThat(page())
        .startsWith("<!DOCTYPE html>\n<html lang=\"en\">")
        .contains("content=\"default-src &#39;none&#39;;")
        .doesNotContain("<script", " src=", "http:", "https:", "url(", "@import")
        .doesNotContainPattern(" on[a-z]+=");
  }

  @Test
  void escapesWhatComesFromOutside() {
    key = "vip/" + HOSTILE;
    reasons =
        List.of(
            new Reason("tapline", "516", HOSTILE, 1, "", List.of(1L), List.of()),
            new Reason(
                "clevertap", HOSTILE, null, 1, "", List.of(2L), List.of(new Example(2, HOSTILE))));
    columns = List.of(new SentColumn(HOSTILE, HOSTILE, "string"));
    segment = new Segment(1L, HOSTILE, "CREATE_NEW_SEGMENT");
    stopped = new Stop("INVALID_RECORD", HOSTILE, null);
    warnings = List.of(new Warning("TYPE_WIDENED", HOSTILE));

    assertThat(page().split(Pattern.quote(SHOWN), -1)).hasSize(11);
    assertThat(page()).doesNotContain("<img", "\u202E", "\u001b", "\u0000");
  }

  @Test
  void quotesNoReasonSinceItMayQuoteARow() {
    reasons =
        List.of(
            new Reason(
                "tapline",
                "516",
                "phone",
                1,
                "phone is \"5551234\"; it must be E.164",
                List.of(41L),
                List.of(new Example(41, "9999999"))));
    columns = List.of(new SentColumn("phone", "Phone", "string"));

    assertThat(page())
        .contains(
            "<h3><code>516</code> <b>phone</b> <span class=\"count\">1 row</span></h3>",
            "<p>The phone number is not in E.164 form: <code>+</code>, country code, number.</p>",
            "<li>row 41: <code>9999999</code></li>",
            "<b>What to do:</b> Add the country code.",
            "Found by Tapline. The column is sent as Phone, of type string.")
        .doesNotContain("5551234");
  }

  @Test
  void saysWhereTheWordsOfAnUnknownCodeAre() {
    reasons = List.of(new Reason("clevertap", "599", null, 2, "new", List.of(1L, 2L), List.of()));

    assertThat(page())
        .contains(
            "A code of CleverTap&#39;s; its words are in <code>report.json</code>.",
            "<li>row 1</li>\n<li>row 2</li>",
            "Refused by CleverTap.");
  }

  @Test
  void showsFiftyReasons() {
    reasons =
        IntStream.range(0, 1052)
            .mapToObj(i -> new Reason("tapline", "516", "c" + i, 1, "", List.of(1L), List.of()))
            .toList();

    assertThat(page())
        .contains("<b>c49</b>", "And 1,002 more reasons")
        .doesNotContain("<b>c50</b>");
  }

  @ParameterizedTest(name = "{0}, {1} calls, stopped for {2}: {4}")
  @CsvSource({
    "COMPLETED_WITH_REJECTIONS, 3,               , 0, tapline push rejects.csv --sync vip.json",
    "FAILED,                    3,               , 1, tapline redrive job-1",
    "STOPPED,                   3, REFUSED_RECORD, 1, tapline push rejects.csv --sync vip.json",
    "STOPPED,                   0, INVALID_RECORD, 1, tapline redrive job-1 --restage",
    "STOPPED,                   0, STALE,          1, tapline redrive job-1 --stale",
  })
  void saysHowRowsAreSentAgain(
      Status status, long calls, @Nullable String stop, int open, String command) {
    this.status = status;
    this.calls = calls;
    this.stopped = stop == null ? null : new Stop(stop, "of this", null);
    rows = new RowCounts(2 + open, 1, 1, 0, 0, 0, open);
    reasons = List.of(new Reason("tapline", "516", "phone", 1, "", List.of(1L), List.of()));

    assertThat(page()).contains("<code class=\"command\">" + command + "</code>");
    if (calls == 0) {
      assertThat(page()).doesNotContain("tapline push");
    }
  }

  @Test
  void namesTheFileThatThereIs() {
    reasons = List.of(new Reason("tapline", "516", "phone", 1, "", List.of(1L), List.of()));
    rejects = "rejects.jsonl";
    assertThat(page()).contains("<code>rejects.jsonl</code>", "tapline push rejects.jsonl");

    rejects = null;
    assertThat(page()).doesNotContain("rejects.csv", "rejects.jsonl", "tapline push");
  }

  @Test
  void leavesOutWhatThereIsNot() {
    status = Status.COMPLETED;
    rows = new RowCounts(1, 1, 0, 0, 0, 0, 0);

    assertThat(page())
        .contains("<h1>All rows were delivered.</h1>", "id=\"rows\"", "id=\"job\"")
        .doesNotContain(
            "id=\"warnings\"", "id=\"reasons\"", "id=\"next\"", "id=\"time\"", "id=\"columns\"")
        .doesNotContain("Failed after", "Unknown", "Not sent", "Segment", "Version", "Stopped");
  }

  @Test
  void hasNoShareOfNoRows() {
    status = Status.COMPLETED;
    rows = RowCounts.NONE;

    assertThat(page())
        .contains("<h1>The export has no rows.</h1>")
        .doesNotContain("class=\"band\"");
  }

  @Test
  void saysWhenItDoesNotAddUp() {
    rows = new RowCounts(5, 3, 1, 0, 0, 0, 0);

    assertThat(page()).contains("these do not add up to it").doesNotContain("the sum of these");
  }

  @Test
  void saysWhatToDoAboutRowsThatAreOpen() {
    warnings =
        List.of(
            new Warning("ROWS_FAILED", "2 rows are failed (code 503); the first are 1, 2", "down"),
            new Warning("NO_ROWS", "the export has no rows"));

    assertThat(page())
        .contains(
            "2 rows are failed (code 503); the first are 1, 2.",
            "<b>What to do about <code>503</code>:</b> Wait, then send again.",
            "<b>What to do about <code>NO_ROWS</code>:</b> See whether")
        .doesNotContain("down");
  }

  @Test
  void drawsWhatHappenedWhen() {
    timeline = List.of(point(0, 1000, 2, 1), point(1, 500, 1, 0), point(3, 2000, 4, 0));

    assertThat(page())
        .contains(
            "at most 2,000 in 1 second",
            "3,500 rows; at most 2,000 in 1 second. The table below has the figures.",
            "6 not throttled; 1 throttled (429); at most 4 in 1 second.",
            "<rect class=\"rows\" x=\"0.00\" y=\"50.00\" width=\"225.00\" height=\"50.00\"/>",
            "<rect class=\"rows\" x=\"750.00\" y=\"0.00\" width=\"225.00\" height=\"100.00\"/>",
            "<rect class=\"throttled\" x=\"0.00\" y=\"50.00\" width=\"225.00\" height=\"25.00\"/>",
            "<span>2026-11-24 00:00:00 UTC</span><span>2026-11-24 00:00:04 UTC</span>",
            "<tr><th scope=\"row\">2026-11-24 00:00:03</th><td class=\"n\">2,000</td>");
  }

  @Test
  void drawsNothingOfOneMoment() {
    timeline = List.of(point(0, 1000, 2, 0));

    assertThat(page()).contains("at 2026-11-24 00:00:00 UTC").doesNotContain("<figure>");
  }

  @ParameterizedTest(name = "{0} of {1}: {2}, {3}")
  @CsvSource({
    "1, 1, 100 %, GOOD",
    "999999, 1000000, 99.99 %, FAIR",
    "386, 400, 96.50 %, FAIR",
    "1, 2, 50.00 %, FAIR",
    "499999, 1000000, 50.00 %, POOR",
    "1, 1000000, 0.01 %, POOR",
    "0, 3, 0 %, POOR",
  })
  void neverRoundsARowAway(long count, long all, String share, Health health) {
    assertThat(RowsSection.share(count, all)).isEqualTo(share);
    assertThat(Health.of(count, all)).isEqualTo(health);
  }

  @Test
  void isTheSameInEveryCountry() {
    timeline = List.of(point(0, 1000, 2, 0), point(1, 1000, 2, 0));
    Locale before = Locale.getDefault();
    String here = page();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(page()).isEqualTo(here);
    } finally {
      Locale.setDefault(before);
    }
  }

  private static Point point(int second, long rows, long calls, long throttled) {
    return new Point(AT.plusSeconds(second), rows, calls, throttled);
  }

  private String page() {
    return ReportPage.of(
        new Report(
            "job-1",
            "vip",
            new Report.Export("exports", key, null, 17),
            status,
            AT,
            AT.plusSeconds(61),
            rows,
            0,
            1,
            new Report.Calls(calls, 0, 0),
            new Report.Chunks(1, calls == 0 ? 0 : 1, 0),
            reasons,
            columns,
            segment,
            stopped,
            warnings,
            timeline),
        rejects);
  }
}
