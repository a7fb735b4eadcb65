package io.tapline.report;

import io.tapline.report.Report.Warning;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a person should know beside what became of the rows. */
final class WarningsSection {

  /** Of the rows left open a warning says why, by a code of its own. */
  private static final Pattern CODE = Pattern.compile("\\(code ([A-Z0-9_]+)\\)");

  private WarningsSection() {}

  static void add(Html html, Report report, CodesPage codes) {
    if (report.warnings().isEmpty()) {
      return;
    }
    ReportPage.heading(html, "warnings", "Warnings");
    html.addOurs("<ul class=\"cards\" role=\"list\">\n");
    for (Warning warning : report.warnings()) {
      html.add(
          "<li>\n<h3><code>%s</code></h3>\n<p>%s</p>\n",
          warning.code(), PageHeader.sentence(warning.message()));
      for (String code : codes(warning)) {
        codes
            .find(code)
            .ifPresent(
                entry ->
                    html.add("<p><b>What to do about <code>%s</code>:</b> ", code)
                        .addMarkdown(PageHeader.sentence(entry.action()))
                        .addOurs("</p>\n"));
      }
      html.addOurs("</li>\n");
    }
    html.addOurs("</ul>\n</section>\n");
  }

  private static Set<String> codes(Warning warning) {
    Set<String> inner =
        CODE.matcher(warning.message())
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return inner.isEmpty() ? Set.of(warning.code()) : inner;
  }
}
