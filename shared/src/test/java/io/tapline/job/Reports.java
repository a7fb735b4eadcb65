package io.tapline.job;

import io.tapline.ledger.RowCounts;
import io.tapline.ledger.Stop;
import io.tapline.report.Report;
import io.tapline.report.Report.Reason;
import io.tapline.report.Report.Status;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reports as tests need them. */
final class Reports {

  /** A text that only the report may hold. */
  static final String OF_A_ROW = "ada@example.org";

  private Reports() {}

  /** The report of a job that took 90 seconds, with so many rows. */
  static Report of(RowCounts rows, Status status) {
    return of(rows, status, 0, null, null);
  }

  static Report of(
      RowCounts rows,
      Status status,
      int reasons,
      Report.@Nullable Segment segment,
      @Nullable Stop stop) {
    return new Report(
        "20261124T101500Z-0123456789abcdef",
        "vip",
        new Report.Export("exports", "vip/1.csv", null, 42),
        status,
        Instant.parse("2026-11-24T10:15:00Z"),
        Instant.parse("2026-11-24T10:16:30Z"),
        rows,
        0,
        2,
        new Report.Calls(3, 1, 1),
        new Report.Chunks(2, 1, 1),
        IntStream.range(0, reasons)
            .mapToObj(
                i ->
                    new Reason(
                        "tapline", "51" + i, OF_A_ROW, 9 - i, OF_A_ROW, List.of(1L), List.of()))
            .toList(),
        List.of(),
        segment,
        stop,
        List.of(),
        List.of());
  }
}
