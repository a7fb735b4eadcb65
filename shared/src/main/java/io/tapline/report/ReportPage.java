package io.tapline.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The report for a browser: one page that loads nothing and runs nothing. It quotes no value of a
 * row but masked ones, so that it may be shown around.
 */
public final class ReportPage {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Nothing is loaded, from nowhere; the icon is in the page. */
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none';"
          + " form-action 'none'";

  private ReportPage() {}

  /**
   * Renders a report.
   *
   * @param rejects the name of the file of rejected rows beside the page; null where there is none
   */
  public static String of(Report report, @Nullable String rejects) {
    CodesPage codes = CodesPage.read();
    Html html = new Html();
    head(html, report);
    html.add("<body class=\"%s\">\n", report.status());
    PageHeader.add(html, report, codes);
    html.addOurs("<main>\n");
    RowsSection.add(html, report);
    WarningsSection.add(html, report, codes);
    ReasonsSection.add(html, report, codes, rejects);
    NextSection.add(html, report, rejects);
    TimeSection.add(html, report);
    ColumnsSection.add(html, report);
    JobSection.add(html, report);
    html.addOurs("</main>\n")
        .add(
            "<footer><p>Written by Tapline at %s. Programs read <code>report.json</code>, which"
                + " lies beside this page.</p></footer>\n",
            time(report.finishedAt()))
        .addOurs("</body>\n</html>\n");
    return html.toString();
  }

  private static void head(Html html, Report report) {
    html.addOurs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .add("<meta http-equiv=\"Content-Security-Policy\" content=\"%s\">\n", POLICY)
        .addOurs(
            """
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <meta name="robots" content="noindex">
            <link rel="icon" href="data:,">
            """)
        .add("<title>%s: %s, Tapline report</title>\n", words(report.status()), report.sync())
        .addOurs("<style>\n" + style() + "</style>\n</head>\n");
  }

  private static String style() {
    try (InputStream style =
        Objects.requireNonNull(ReportPage.class.getResourceAsStream("report.css"))) {
      return new String(style.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A status as a person reads it. */
  static String words(Report.Status status) {
    return PageHeader.capital(status.name().replace('_', ' ').toLowerCase(Locale.ROOT));
  }

  /** A time as a person reads it, to the second. */
  static String time(Instant time) {
    return TIME.format(time) + " UTC";
  }

  /** A heading of a part that the page's navigation names. */
  static void heading(Html html, String id, String text) {
    html.add("<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">%s</h2>\n", id, id, text);
  }
}
