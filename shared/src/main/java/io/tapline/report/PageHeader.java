package io.tapline.report;

import io.tapline.ledger.Stop;
import java.util.Locale;

/** The beginning of the page: how the job ended, in one sentence. */
final class PageHeader {

  private PageHeader() {}

  static void add(Html html, Report report, CodesPage codes) {
    html.addOurs("<header>\n")
        .add("<p class=\"status\">%s</p>\n", ReportPage.words(report.status()))
        .add("<h1>%s</h1>\n", sentence(Verdict.of(report)))
        .add(
            "<p class=\"what\">Sync <b>%s</b>, export <b>%s</b>, finished at <time datetime=\"%s\">"
                + "%s</time></p>\n",
            report.sync(),
            fileName(report.export().key()),
            report.finishedAt(),
            ReportPage.time(report.finishedAt()));
    Stop stop = report.stopped();
    if (stop != null) {
      html.add(
          "<div class=\"note\">\n<p><b>Stopped:</b> %s <code>%s</code></p>\n",
          sentence(stop.message()), stop.code());
      codes
          .find(stop.code())
          .ifPresent(
              entry ->
                  html.addOurs("<p><b>What to do:</b> ")
                      .addMarkdown(sentence(entry.action()))
                      .addOurs("</p>\n"));
      html.addOurs("</div>\n");
    }
    html.addOurs("</header>\n");
  }

  private static String fileName(String key) {
    return key.substring(key.lastIndexOf('/') + 1);
  }

  /** A text with a capital and a full stop. */
  static String sentence(String text) {
    return capital(text) + (text.endsWith(".") ? "" : ".");
  }

  /** A text that begins with a capital. */
  static String capital(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
