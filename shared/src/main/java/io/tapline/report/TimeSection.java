package io.tapline.report;

import io.tapline.report.Plot.Series;
import io.tapline.report.Report.Point;
import java.util.List;

/** What happened when: rows, calls and throttles. */
final class TimeSection {

  private TimeSection() {}

  static void add(Html html, Report report) {
    List<Point> points = report.timeline();
    if (points.isEmpty()) {
      return;
    }
    ReportPage.heading(html, "time", "Over time");
    if (points.size() == 1) {
      html.add(
          "<p>All within a second or so, at %s.</p>\n", ReportPage.time(points.getFirst().at()));
    } else {
      new Plot("rows-plot", "Rows decided", List.of(new Series("rows", "rows", Point::rows)))
          .add(html, points);
      new Plot(
              "calls-plot",
              "Calls to CleverTap",
              List.of(
                  new Series("calls", "not throttled", p -> p.calls() - p.throttled()),
                  new Series("throttled", "throttled (429)", Point::throttled)))
          .add(html, points);
    }
    table(html, points);
    html.addOurs("</section>\n");
  }

  private static void table(Html html, List<Point> points) {
    html.addOurs(
        """
        <details>
        <summary>The figures as a table</summary>
        <div class="scroll" role="region" aria-labelledby="time-table" tabindex="0">
        <table>
        <caption id="time-table">Rows, calls and throttles, by the time when a stretch began</caption>
        <thead><tr><th scope="col">From (UTC)</th><th scope="col" class="n">Rows</th>\
        <th scope="col" class="n">Calls</th><th scope="col" class="n">Throttled</th></tr></thead>
        <tbody>
        """);
    for (Point point : points) {
      html.add(
          "<tr><th scope=\"row\">%s</th><td class=\"n\">%,d</td><td class=\"n\">%,d</td>"
              + "<td class=\"n\">%,d</td></tr>\n",
          ReportPage.time(point.at()).replace(" UTC", ""),
          point.rows(),
          point.calls(),
          point.throttled());
    }
    html.addOurs("</tbody>\n</table>\n</div>\n</details>\n");
  }
}
