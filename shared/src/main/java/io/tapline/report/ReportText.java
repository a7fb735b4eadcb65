package io.tapline.report;

import io.tapline.ledger.RowCounts;
import io.tapline.report.Report.Reason;
import io.tapline.report.Report.Segment;
import io.tapline.report.Report.Warning;
import java.time.Duration;
import java.util.Formatter;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The report for a terminal: the verdict, the sum that adds up, what went wrong and where to look.
 */
public final class ReportText {

  private static final int MAX_REASONS = 12;

  private static final int MAX_COLUMN = 40;

  private ReportText() {}

  /** Renders a report; lines end in a line feed. */
  public static String of(Report report) {
    StringBuilder text = new StringBuilder();
    Formatter out = new Formatter(text, Locale.ROOT);
    RowCounts rows = report.rows();
    out.format("%s: %s\n", report.status(), Verdict.of(report));
    out.format("\n");
    out.format("  job       %s (sync %s)\n", report.job(), report.sync());
    out.format(
        "  export    s3://%s/%s\n",
        report.export().bucket(), Printable.line(report.export().key()));
    out.format("  rows      %,d read\n", rows.read());
    SumPart.of(rows).forEach(part -> out.format("  %,14d  %s\n", part.count(), part.words()));
    out.format(
        "  calls     %,d (%,d repeated, %,d throttled)\n",
        report.calls().total(), report.calls().retries(), report.calls().throttled());
    out.format(
        "  time      %s from the opening of the job to its report%s\n",
        time(Duration.between(report.startedAt(), report.finishedAt())),
        report.runs() == 1 ? "" : ", with all that lay between its " + report.runs() + " runs");
    if (report.sentAgainAfterUnknown() > 0) {
      out.format(
          "            %,d events were sent again after a call with an unknown outcome and may"
              + " count twice\n",
          report.sentAgainAfterUnknown());
    }
    if (report.segment() != null) {
      segment(out, report.segment());
    }
    if (report.stopped() != null) {
      out.format("\n");
      out.format(
          "  stopped   %s: %s\n",
          report.stopped().code(), Printable.lines(report.stopped().message()));
    }
    if (!report.reasons().isEmpty()) {
      out.format("\n");
      out.format("  %8s  %-20s %-16s %s\n", "rows", "code", "column", "first rows");
      report.reasons().stream().limit(MAX_REASONS).forEach(reason -> reason(out, reason));
      if (report.reasons().size() > MAX_REASONS) {
        out.format("            and %,d more reasons\n", report.reasons().size() - MAX_REASONS);
      }
      out.format("            what the codes mean and what to do: docs/codes.md\n");
    }
    for (Warning warning : report.warnings()) {
      out.format("\n");
      out.format("  warning   %s: %s\n", warning.code(), Printable.lines(warning.message()));
    }
    NextStep.of(report).ifPresent(next -> out.format("\n  next      %s\n", next));
    return text.toString();
  }

  private static void segment(Formatter out, Segment segment) {
    out.format(
        "  segment   \"%s\", id %s; CleverTap mails its admin when it is made\n",
        segment.name(), segment.id() == null ? "not told" : segment.id());
  }

  private static void reason(Formatter out, Reason reason) {
    out.format(
        "  %,8d  %-20s %-16s %s\n",
        reason.count(),
        reason.code(),
        reason.column() == null ? "–" : shortened(Printable.line(reason.column())),
        reason.firstRows().stream().map(String::valueOf).collect(Collectors.joining(", ")));
  }

  private static String shortened(String column) {
    return column.length() <= MAX_COLUMN ? column : column.substring(0, MAX_COLUMN - 1) + "…";
  }

  private static String time(Duration time) {
    if (time.toMinutes() < 1) {
      return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
    return time.toHours() < 1
        ? String.format(Locale.ROOT, "%d min %d s", time.toMinutes(), time.toSecondsPart())
        : String.format(Locale.ROOT, "%d h %d min", time.toHours(), time.toMinutesPart());
  }
}
