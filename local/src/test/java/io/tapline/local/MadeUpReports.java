package io.tapline.local;

import io.tapline.ledger.RowCounts;
import io.tapline.ledger.Stop;
import io.tapline.report.Report;
import io.tapline.report.Report.Example;
import io.tapline.report.Report.Point;
import io.tapline.report.Report.Reason;
import io.tapline.report.Report.SentColumn;
import io.tapline.report.Report.Status;
import io.tapline.report.Report.Warning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reports of jobs that no push of a sample makes. */
final class MadeUpReports {

  private static final Instant AT = Instant.parse("2026-11-24T10:15:00Z");

  private MadeUpReports() {}

  /** All went well. */
  static Report good() {
    return of(
        Status.COMPLETED,
        new RowCounts(3, 3, 0, 0, 0, 0, 0),
        List.of(),
        List.of(new SentColumn("identity", "identity", "string")),
        null,
        List.of(),
        List.of(new Point(AT, 3, 1, 0)));
  }

  /** All that a page can have, and names that try to get out of it. */
  static Report everything() {
    String long120 = "x".repeat(120);
    String hostile = "<script>alert(1)</script>\"'&\u202E\u0007عمود";
    List<Reason> reasons = new ArrayList<>();
    reasons.add(reason("tapline", "516", "phone", new Example(41, "999 9999 9999")));
    reasons.add(reason("tapline", "TYPE_MISMATCH", hostile, new Example(42, null)));
    reasons.add(
        reason("tapline", "VALUE_TOO_LONG", long120, new Example(43, "9".repeat(40) + "…")));
    reasons.add(new Reason("clevertap", "599", null, 12_345, "none", List.of(44L), List.of()));
    List<SentColumn> columns = new ArrayList<>();
    columns.add(new SentColumn("phone", "Phone", "string"));
    columns.add(new SentColumn(hostile, hostile, "date"));
    columns.add(new SentColumn(long120, long120, "string"));
    columns.add(new SentColumn("time", null, null));
    IntStream.range(0, 40).forEach(i -> columns.add(new SentColumn("c" + i, "c" + i, "number")));
    return of(
        Status.STOPPED,
        new RowCounts(12_345_678, 9_876_543, 2_000_000, 400_000, 60_000, 9_000, 135),
        reasons,
        columns,
        new Stop("CALLS_FORBIDDEN", "CleverTap answered 401: " + hostile, null),
        List.of(
            new Warning("ROWS_FAILED", "60,000 rows are failed (code 503)", long120),
            new Warning("TYPE_WIDENED", "Column " + hostile + " is sent as string from now on")),
        IntStream.range(0, 120)
            .mapToObj(i -> new Point(AT.plusSeconds(7L * i), 1000L * i, 10 + i, i % 9))
            .toList());
  }

  private static Reason reason(String by, String code, String column, Example example) {
    return new Reason(
        by, code, column, 1_234_567, "none", List.of(example.row()), List.of(example));
  }

  private static Report of(
      Status status,
      RowCounts rows,
      List<Reason> reasons,
      List<SentColumn> columns,
      @Nullable Stop stopped,
      List<Warning> warnings,
      List<Point> timeline) {
    return new Report(
        "20261124T101500Z-0123456789abcdef",
        "vip-profiles",
        new Report.Export("exports", "exports/vip/" + "y".repeat(200) + ".csv.gz", "v1", 1 << 30),
        status,
        AT,
        AT.plusSeconds(4000),
        rows,
        stopped == null ? 0 : 1000,
        2,
        new Report.Calls(12_345, 678, 90),
        new Report.Chunks(100, 90, 10),
        reasons,
        columns,
        stopped == null ? null : new Report.Segment(null, "VIPs", "CREATE_NEW_SEGMENT"),
        stopped,
        warnings,
        timeline);
  }
}
