package io.tapline.report;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How rows are corrected, and sent again. */
final class NextSection {

  private NextSection() {}

  static void add(Html html, Report report, @Nullable String rejects) {
    // Of an export that was stopped before anything was sent, the bad rows alone are no use.
    boolean goesWhole = report.stopped() != null && report.calls().total() == 0;
    String toCorrect = goesWhole || report.reasons().isEmpty() ? null : rejects;
    Optional<NextStep> next = NextStep.of(report);
    if (toCorrect == null && next.isEmpty()) {
      return;
    }
    ReportPage.heading(html, "next", "Correct and send again");
    if (toCorrect != null) {
      html.add(
          """
          <h3>The rejected rows</h3>
          <p>Correct them in <code>%s</code>, in a spreadsheet or an editor. Then push that file, \
          and with it just these rows:</p>
          <p><code class="command">tapline push %s --sync %s.json</code></p>
          """,
          toCorrect, toCorrect, report.sync());
    }
    next.ifPresent(step -> openRows(html, step));
    html.addOurs("</section>\n");
  }

  private static void openRows(Html html, NextStep step) {
    html.addOurs("<h3>The rows that are open</h3>\n");
    if (!step.before().isEmpty()) {
      html.add("<p>%s:</p>\n", PageHeader.capital(step.before()));
    }
    html.add(
        """
        <p><code class="command">%s</code></p>
        <p>This %s. Where Tapline is installed on AWS, add <code>--work s3://</code> and the name \
        of its work bucket.</p>
        """,
        step.command(), step.effect());
  }
}
