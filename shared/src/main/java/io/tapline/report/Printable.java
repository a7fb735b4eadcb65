package io.tapline.report;

import java.util.regex.Pattern;

/**
 * Texts from outside, such as names of columns, as a person may see them: in place of a character
 * that a terminal obeys, or that turns the direction of the text around it, stands U+FFFD.
 */
public final class Printable {

  /** All but the line feed, and what turns the direction of the text. */
  private static final Pattern CONTROLS =
      Pattern.compile("[\\p{Cc}\u202A-\u202E\u2066-\u2069&&[^\n]]");

  private Printable() {}

  /** A text that may have several lines. */
  public static String lines(String text) {
    return CONTROLS.matcher(text).replaceAll("\uFFFD");
  }

  /** A text that stays in its line. */
  public static String line(String text) {
    return lines(text.replace('\n', '\uFFFD'));
  }
}
