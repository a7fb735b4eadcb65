package io.tapline.report;

import io.tapline.report.Report.Segment;
import java.time.Duration;
import java.util.Locale;

/** Which job this was. */
final class JobSection {

  private JobSection() {}

  static void add(Html html, Report report) {
    ReportPage.heading(html, "job", "Job");
    html.addOurs("<dl>\n");
    fact(html, "Job", report.job());
    fact(html, "Sync", report.sync());
    fact(html, "Export", "s3://%s/%s".formatted(report.export().bucket(), report.export().key()));
    fact(html, "Size", number(report.export().bytes()) + " bytes");
    if (report.export().version() != null) {
      fact(html, "Version", report.export().version());
    }
    fact(html, "Opened", ReportPage.time(report.startedAt()));
    fact(html, "Finished", ReportPage.time(report.finishedAt()));
    fact(html, "Took", words(Duration.between(report.startedAt(), report.finishedAt())));
    fact(html, "Runs", number(report.runs()));
    fact(
        html,
        "Calls",
        "%s, of which %s repeated and %s throttled"
            .formatted(
                number(report.calls().total()),
                number(report.calls().retries()),
                number(report.calls().throttled())));
    fact(
        html,
        "Chunks",
        "%s, of which %s done and %s failed"
            .formatted(
                number(report.chunks().total()),
                number(report.chunks().done()),
                number(report.chunks().failed())));
    Segment segment = report.segment();
    if (segment != null) {
      fact(
          html,
          "Segment",
          "%s, id %s; CleverTap mails its admin when it is made"
              .formatted(segment.name(), segment.id() == null ? "not told" : segment.id()));
    }
    html.addOurs("</dl>\n</section>\n");
  }

  private static void fact(Html html, String name, String value) {
    html.add("<dt>%s</dt><dd>%s</dd>\n", name, value);
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String words(Duration took) {
    if (took.toMinutes() == 0) {
      return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
    }
    return String.format(
        Locale.ROOT,
        "%d h %d min %d s",
        took.toHours(),
        took.toMinutesPart(),
        took.toSecondsPart());
  }
}
