package io.tapline.local.init;

import java.util.Locale;

/** How numbers and names stand in a line for a person. */
final class Text {

  private Text() {}

  /** {@code 1 row}, {@code 1,234 rows}. */
  static String rows(long count) {
    return count(count, "row");
  }

  static String count(long count, String noun) {
    return number(count) + " " + noun + (count == 1 ? "" : "s");
  }

  static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A word of a command line, in quotes where a shell would take it apart. */
  static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:@%+,=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
