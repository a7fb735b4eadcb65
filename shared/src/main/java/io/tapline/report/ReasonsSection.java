package io.tapline.report;

import io.tapline.report.CodesPage.Entry;
import io.tapline.report.Report.Example;
import io.tapline.report.Report.Reason;
import io.tapline.report.Report.SentColumn;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why rows were not delivered. */
final class ReasonsSection {

  /** Who has more has them in {@code report.json}. */
  private static final int MOST = 50;

  private final Html html;
  private final CodesPage codes;
  private final Map<String, SentColumn> columns;

  private ReasonsSection(Html html, Report report, CodesPage codes) {
    this.html = html;
    this.codes = codes;
    this.columns =
        report.columns().stream()
            .collect(Collectors.toMap(SentColumn::name, c -> c, (first, second) -> first));
  }

  static void add(Html html, Report report, CodesPage codes, @Nullable String rejects) {
    if (report.reasons().isEmpty()) {
      return;
    }
    new ReasonsSection(html, report, codes).add(report, rejects);
  }

  private void add(Report report, @Nullable String rejects) {
    ReportPage.heading(html, "reasons", "Rejected rows");
    if (rejects != null) {
      boolean areAllListed =
          report.warnings().stream()
              .noneMatch(warning -> warning.code().equals("INVALID_ROWS_NOT_LISTED"));
      html.add(
          "<p>%s in <code>%s</code>, beside this page. ",
          areAllListed ? "Each of them is" : "Those that are listed are", rejects);
    } else {
      html.addOurs("<p>");
    }
    html.addOurs(
        "Of the values below only the shape is shown: <code>x</code> is a letter,"
            + " <code>9</code> a digit.</p>\n<ol class=\"cards\" role=\"list\">\n");
    report.reasons().stream().limit(MOST).forEach(this::card);
    html.addOurs("</ol>\n");
    if (report.reasons().size() > MOST) {
      html.add(
          "<p>And %,d more reasons, which are in <code>report.json</code>.</p>\n",
          report.reasons().size() - MOST);
    }
    html.addOurs("</section>\n");
  }

  private void card(Reason reason) {
    html.add("<li>\n<h3><code>%s</code> ", reason.code());
    if (reason.column() != null) {
      html.add("<b>%s</b> ", reason.column());
    }
    html.add("<span class=\"count\">%s</span></h3>\n", count(reason.count()));
    Optional<Entry> entry = codes.find(reason.code());
    html.addOurs("<p>")
        .addMarkdown(
            PageHeader.sentence(
                entry
                    .map(Entry::meaning)
                    .orElse("a code of CleverTap's; its words are in `report.json`")))
        .addOurs("</p>\n");
    rows(reason);
    entry.ifPresent(
        found ->
            html.addOurs("<p><b>What to do:</b> ")
                .addMarkdown(PageHeader.sentence(found.action()))
                .addOurs("</p>\n"));
    html.add(
        "<p class=\"small\">%s%s</p>\n</li>\n",
        reason.by().equals("clevertap") ? "Refused by CleverTap." : "Found by Tapline.",
        reason.column() == null ? "" : sentAs(columns.get(reason.column())));
  }

  private static String sentAs(@Nullable SentColumn column) {
    if (column == null || column.sentAs() == null) {
      return "";
    }
    return " The column is sent as "
        + column.sentAs()
        + (column.type() == null ? "." : ", of type " + column.type() + ".");
  }

  private void rows(Reason reason) {
    html.addOurs("<ul class=\"examples\" role=\"list\" aria-label=\"First rows\">\n");
    if (reason.examples().isEmpty()) {
      reason.firstRows().forEach(row -> html.add("<li>row %d</li>\n", row));
    }
    for (Example example : reason.examples()) {
      if (example.value() == null) {
        html.add("<li>row %d: no value</li>\n", example.row());
      } else {
        html.add("<li>row %d: <code>%s</code></li>\n", example.row(), example.value());
      }
    }
    html.addOurs("</ul>\n");
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, count == 1 ? "%,d row" : "%,d rows", count);
  }
}
