package io.tapline.report;

import io.tapline.report.Report.SentColumn;

/** Under which names and as which types the columns were sent. */
final class ColumnsSection {

  private ColumnsSection() {}

  static void add(Html html, Report report) {
    if (report.columns().isEmpty()) {
      return;
    }
    ReportPage.heading(html, "columns", "Columns");
    html.addOurs(
        """
        <div class="scroll" role="region" aria-labelledby="columns-table" tabindex="0">
        <table>
        <caption id="columns-table">How each column is sent</caption>
        <thead><tr><th scope="col">Column</th><th scope="col">Sent as</th>\
        <th scope="col">Type</th></tr></thead>
        <tbody>
        """);
    for (SentColumn column : report.columns()) {
      html.add(
          "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td></tr>\n",
          column.name(),
          column.sentAs() == null ? "not sent" : column.sentAs(),
          column.type() == null ? "–" : column.type());
    }
    html.addOurs("</tbody>\n</table>\n</div>\n</section>\n");
  }
}
