package io.tapline.report;

import java.util.Set;

/**
 * Shows what a value looks like without telling it: each digit is a {@code 9}, each letter an
 * {@code x} or {@code X}, all else stays. So one sees a blank too many, a comma in a number, the
 * order of a date, and no person. Values that stand for no one, such as {@code true} or {@code
 * NaN}, are shown as they are.
 */
public final class Mask {

  /** Longer values are cut off behind so many characters. */
  static final int MAX_LENGTH = 40;

  private static final Set<String> SHOWN =
      Set.of(
          "true", "false", "TRUE", "FALSE", "null", "NULL", "NaN", "Infinity", "-Infinity", "\\N");

  private Mask() {}

  /** The value with all that could tell of a person taken out; the same for the same value. */
  public static String of(String value) {
    if (SHOWN.contains(value)) {
      return value;
    }
    StringBuilder masked = new StringBuilder();
    value.codePoints().limit(MAX_LENGTH).map(Mask::masked).forEach(masked::appendCodePoint);
    if (value.codePointCount(0, value.length()) > MAX_LENGTH) {
      masked.append('…');
    }
    return masked.toString();
  }

  private static int masked(int c) {
    if (Character.isDigit(c)) {
      return '9';
    }
    if (Character.isUpperCase(c)) {
      return 'X';
    }
    // What is no ASCII may be a name in a script of its own, an emoji or a mark above a letter.
    if (Character.isLetter(c) || c > 0x7F) {
      return 'x';
    }
    return c < ' ' || c == 0x7F ? '\uFFFD' : c;
  }
}
