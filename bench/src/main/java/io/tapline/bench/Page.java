package io.tapline.bench;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page of the figures: prose, and between two comments for each section what was measured. A
 * measurement replaces what is between its comments and leaves all else.
 */
final class Page {

  private Page() {}

  /**
   * Puts figures into a page.
   *
   * @throws IllegalArgumentException if the page has no place for them
   */
  static String put(String page, String section, String figures) {
    String begin = "<!-- figures: " + section.toLowerCase(Locale.ROOT) + " -->";
    String end = "<!-- end -->";
    Matcher place =
        Pattern.compile(Pattern.quote(begin) + ".*?" + Pattern.quote(end), Pattern.DOTALL)
            .matcher(page);
    if (!place.find()) {
      throw new IllegalArgumentException("the page has no " + begin + " with an " + end);
    }
    return page.substring(0, place.start())
        + begin
        + "\n\n"
        + figures.strip()
        + "\n\n"
        + end
        + page.substring(place.end());
  }
}
