package io.tapline.record;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Which names may be sent: the union of what CleverTap and Treasure Data's connector forbid. */
final class NameRules {

  private static final int MAX_BYTES = 120;

  /** In any name. */
  private static final String FORBIDDEN = "%><!|&.:;$'\"\\,";

  /** In the name of a column; they stand for items there. */
  private static final String BRACKETS = "[]";

  private NameRules() {}

  /**
   * Checks a key that is to be sent.
   *
   * @param name the column that is named in the problem
   */
  static @Nullable ColumnProblem check(String name, String key) {
    if (key.isBlank()) {
      return problem(Codes.EMPTY_COLUMN_NAME, name, "has no name to be sent by; name or rename it");
    }
    if (key.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      return problem(
          Codes.COLUMN_NAME_TOO_LONG,
          name,
          "has a name of more than " + MAX_BYTES + " bytes of UTF-8; rename it to a shorter one");
    }
    int forbidden = firstForbidden(key, FORBIDDEN + BRACKETS);
    if (forbidden < 0) {
      return null;
    }
    return problem(
        Codes.FORBIDDEN_COLUMN_NAME,
        name,
        "has "
            + described(key.charAt(forbidden))
            + " in its name; rename it to a name without "
            + String.join(" ", (FORBIDDEN + BRACKETS).split(""))
            + " and control characters (a dot and brackets only as Items[n].Key, for events)");
  }

  /** Whether CleverTap forbids a character of this event name. */
  static boolean isForbiddenEventName(String name) {
    return firstForbidden(name, FORBIDDEN) >= 0;
  }

  /** The index of the first character that may not be sent in a name; -1: none. */
  private static int firstForbidden(String name, String forbidden) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (forbidden.indexOf(c) >= 0 || Character.isISOControl(c) || isLoneSurrogate(name, i)) {
        return i;
      }
    }
    return -1;
  }

  /** Half a character, which JSON text can escape but UTF-8 can't hold. */
  private static boolean isLoneSurrogate(String name, int i) {
    char c = name.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == name.length() || !Character.isLowSurrogate(name.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(name.charAt(i - 1)));
  }

  private static String described(char c) {
    return FORBIDDEN.indexOf(c) >= 0 || BRACKETS.indexOf(c) >= 0
        ? "the character " + c
        : "a control character";
  }

  /** A problem whose reason names the column first. */
  static ColumnProblem problem(String code, String name, String rest) {
    return new ColumnProblem(code, name, "Column " + TextSlice.quoted(name) + " " + rest);
  }
}
