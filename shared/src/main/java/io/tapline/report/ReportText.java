package io.tapline.report;

import io.tapline.ledger.RowCounts;
import io.tapline.ledger.Stop;
import io.tapline.report.Report.Reason;
import io.tapline.report.Report.Segment;
import io.tapline.report.Report.Warning;
import java.time.Duration;
import java.util.Formatter;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The report for a terminal: the verdict, the sum that adds up, what went wrong and where to look.
 */
public final class ReportText {

  private static final int MAX_REASONS = 12;

  private static final int MAX_COLUMN = 40;

  /** All but the line feed, and what turns the direction of the text. */
  private static final Pattern CONTROLS =
      Pattern.compile("[\\p{Cc}\u202A-\u202E\u2066-\u2069&&[^\n]]");

  private ReportText() {}

  /** Renders a report; lines end in a line feed. */
  public static String of(Report report) {
    StringBuilder text = new StringBuilder();
    Formatter out = new Formatter(text, Locale.ROOT);
    RowCounts rows = report.rows();
    out.format("%s: %s\n", report.status(), verdict(report));
    out.format("\n");
    out.format("  job       %s (sync %s)\n", report.job(), report.sync());
    out.format("  export    s3://%s/%s\n", report.export().bucket(), inLine(report.export().key()));
    out.format("  rows      %,d read\n", rows.read());
    count(out, rows.accepted(), "accepted by CleverTap", true);
    count(out, rows.rejected(), "rejected by Tapline's checks", true);
    count(out, rows.refused(), "refused by CleverTap", true);
    count(out, rows.failed(), "failed after all retries", false);
    count(out, rows.unknown(), "unknown: nobody knows the outcome of their call", false);
    count(out, rows.notSent(), "not sent", false);
    out.format(
        "  calls     %,d (%,d repeated, %,d throttled) in %s\n",
        report.calls().total(),
        report.calls().retries(),
        report.calls().throttled(),
        seconds(Duration.between(report.startedAt(), report.finishedAt())));
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
          "  stopped   %s: %s\n", report.stopped().code(), printable(report.stopped().message()));
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
      out.format("  warning   %s: %s\n", warning.code(), printable(warning.message()));
    }
    next(out, report);
    return text.toString();
  }

  /** How rows that are open are sent. */
  private static void next(Formatter out, Report report) {
    RowCounts rows = report.rows();
    if (rows.failed() + rows.unknown() + rows.notSent() == 0) {
      return;
    }
    Stop stop = report.stopped();
    boolean nothingQueued = report.chunks().done() + report.chunks().failed() == 0;
    out.format("\n");
    if (stop != null && stop.code().equals(Stop.STALE)) {
      out.format("  next      tapline redrive %s --stale sends it all the same\n", report.job());
    } else if (stop != null && nothingQueued && !stop.metAtRelease()) {
      out.format(
          "  next      put it right, then tapline redrive %s --restage pushes the export anew\n",
          report.job());
    } else {
      out.format(
          "  next      tapline redrive %s sends the rows that are open%s\n",
          report.job(), rows.unknown() == 0 ? "" : "; with --unknown also those that are unknown");
    }
  }

  private static String verdict(Report report) {
    RowCounts rows = report.rows();
    return switch (report.status()) {
      case STOPPED ->
          report.calls().total() == 0
              ? "nothing was sent"
              : "the run was stopped before it was through";
      case FAILED ->
          rows.addUp()
              ? String.format(
                  Locale.ROOT,
                  "%,d rows are still open",
                  rows.failed() + rows.unknown() + rows.notSent())
              : "the counts do not add up; please report this";
      case COMPLETED_WITH_REJECTIONS ->
          String.format(
              Locale.ROOT,
              "%,d of %,d rows were delivered, the others are listed in rejects",
              rows.accepted(),
              rows.read());
      case COMPLETED -> rows.read() == 0 ? "the export has no rows" : "all rows were delivered";
    };
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
        reason.column() == null ? "–" : shortened(inLine(reason.column())),
        reason.firstRows().stream().map(String::valueOf).collect(Collectors.joining(", ")));
  }

  /** Names come from outside: what a terminal takes for a command is not printed. */
  private static String printable(String text) {
    return CONTROLS.matcher(text).replaceAll("\uFFFD");
  }

  private static String inLine(String text) {
    return printable(text.replace('\n', '\uFFFD'));
  }

  private static String shortened(String column) {
    return column.length() <= MAX_COLUMN ? column : column.substring(0, MAX_COLUMN - 1) + "…";
  }

  private static void count(Formatter out, long count, String what, boolean always) {
    if (always || count > 0) {
      out.format("  %,14d  %s\n", count, what);
    }
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
