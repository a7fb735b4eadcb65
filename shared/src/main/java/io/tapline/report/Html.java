package io.tapline.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** A page that is being written. All values are escaped: they come from outside. */
final class Html {

  private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)]\\([^)]*\\)");
  private static final Pattern CODE = Pattern.compile("`([^`]*)`");

  private final StringBuilder page = new StringBuilder();

  /**
   * Adds a piece of the page.
   *
   * @param template HTML of ours, in which {@code %s} stands for a text and {@code %,d} for a
   *     number
   */
  Html add(String template, Object... values) {
    page.append(
        String.format(Locale.ROOT, template, Arrays.stream(values).map(Html::safe).toArray()));
    return this;
  }

  /** Adds a piece of the page as it is: one of ours that holds nothing from outside. */
  Html addOurs(String html) {
    page.append(html);
    return this;
  }

  /** Adds a text of ours in which {@code `backticks`} mark what is typed; of a link, its text. */
  Html addMarkdown(String text) {
    String escaped = escape(LINK.matcher(text).replaceAll("$1"));
    page.append(CODE.matcher(escaped).replaceAll("<code>$1</code>"));
    return this;
  }

  private static Object safe(Object value) {
    return value instanceof Number ? value : escape(value.toString());
  }

  private static String escape(String text) {
    return Printable.lines(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  @Override
  public String toString() {
    return page.toString();
  }
}
