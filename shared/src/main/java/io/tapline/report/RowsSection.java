package io.tapline.report;

import io.tapline.ledger.RowCounts;
import java.util.List;
import java.util.Locale;

/** The sum of the rows, and how healthy that is. */
final class RowsSection {

  private RowsSection() {}

  static void add(Html html, Report report) {
    RowCounts rows = report.rows();
    List<SumPart> parts = SumPart.of(rows);
    ReportPage.heading(html, "rows", "Rows");
    if (rows.read() > 0) {
      Health health = Health.of(rows.accepted(), rows.read());
      html.add(
          "<p class=\"lead\"><b>%s</b> of the rows were delivered.</p>\n",
          share(rows.accepted(), rows.read()));
      band(html, health);
      bar(html, parts, rows.read());
    }
    html.addOurs(
        "<table class=\"sum\">\n<caption>What became of the rows that were read</caption>\n"
            + "<thead><tr><th scope=\"col\">Outcome</th><th scope=\"col\" class=\"n\">Rows</th>"
            + "<th scope=\"col\" class=\"n\">Share</th></tr></thead>\n<tbody>\n");
    for (SumPart part : parts) {
      html.add(
          "<tr><th scope=\"row\"><span class=\"swatch %s\"></span>%s</th>"
              + "<td class=\"n\" data-count=\"%s\">%,d</td><td class=\"n\">%s</td></tr>\n",
          part.fate(),
          PageHeader.capital(part.words()),
          part.fate(),
          part.count(),
          share(part.count(), rows.read()));
    }
    html.add(
        "</tbody>\n<tfoot><tr><th scope=\"row\">%s</th>"
            + "<td class=\"n\" data-count=\"read\">%,d</td><td class=\"n\">%s</td></tr></tfoot>\n"
            + "</table>\n",
        rows.addUp() ? "Read: the sum of these" : "Read: these do not add up to it",
        rows.read(),
        share(rows.read(), rows.read()));
    if (report.sentAgainAfterUnknown() > 0) {
      html.add(
          "<p>%,d events were sent again after a call with an unknown outcome and may count twice."
              + "</p>\n",
          report.sentAgainAfterUnknown());
    }
    html.addOurs("</section>\n");
  }

  private static void band(Html html, Health is) {
    html.addOurs(
        "<ul class=\"band\" role=\"list\" aria-label=\"Health, by the share delivered\">\n");
    for (Health health : Health.values()) {
      html.add("<li class=\"%s\"", health)
          .addOurs(health == is ? " aria-current=\"true\"" : "")
          .add(">%s<span>%s</span></li>\n", health.range(), health.words());
    }
    html.addOurs("</ul>\n");
  }

  /** The table says the same, so it is hidden from who can't see it. */
  private static void bar(Html html, List<SumPart> parts, long read) {
    html.addOurs(
        "<svg class=\"bar\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\""
            + " aria-hidden=\"true\">\n");
    double at = 0;
    for (SumPart part : parts) {
      double width = 1000.0 * part.count() / read;
      html.add(
          "<rect class=\"%s\" x=\"%.2f\" y=\"0\" width=\"%.2f\" height=\"10\"/>\n",
          part.fate(), at, width);
      at += width;
    }
    html.addOurs("</svg>\n");
  }

  /** Never 100 % where a row is missing, never 0 % where there is one. */
  static String share(long count, long all) {
    if (count == 0 || all == 0) {
      return "0 %";
    }
    if (count == all) {
      return "100 %";
    }
    double percent = Math.clamp(100.0 * count / all, 0.01, 99.99);
    return String.format(Locale.ROOT, "%.2f %%", percent);
  }
}
