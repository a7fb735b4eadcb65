package io.tapline.local.init;

import java.util.Set;
import java.util.regex.Pattern;

/** What a value looks like; what it is sent as, the types of the sync decide. */
enum Shape {
  /** An empty text, or a double that is no number: it fits every type. */
  NOTHING,
  ZERO_OR_ONE,
  /** A number that is sent without a loss. */
  NUMBER,
  /** A number that may be a time in epoch seconds: nine or ten digits. */
  SECONDS,
  /** A number that may be a time in epoch milliseconds: thirteen digits. */
  MILLISECONDS,
  /** Digits that begin with a zero, as codes do. */
  LEADING_ZERO,
  /** More digits than a number keeps. */
  LONG_DIGITS,
  /** A number as some languages write it, which Tapline takes for text. */
  DECIMAL_COMMA,
  TRUE_OR_FALSE,
  /** {@code TRUE} and {@code False}, which are text as long as nobody says more. */
  TRUE_OR_FALSE_IN_CAPITALS,
  DATE,
  /** A date and a time of day that Tapline reads. */
  TIME,
  /** A date in a form that Tapline does not read. */
  OTHER_DATE,
  PHONE,
  EMAIL,
  LIST,
  TEXT;

  /** What is sent as a number, if nobody says more. */
  static final Set<Shape> NUMBERS = Set.of(ZERO_OR_ONE, NUMBER, SECONDS, MILLISECONDS);

  /** What a date can be made of. */
  static final Set<Shape> DATES = Set.of(DATE, TIME);

  private static final Set<String> NOTHINGS = Set.of("", "NaN", "Infinity", "-Infinity");

  private static final int SAFE_DIGITS = 15;
  private static final int LONGEST = 64;

  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final Pattern DECIMAL =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][-+]?\\d+)?");
  private static final Pattern WITH_COMMA = Pattern.compile("-?\\d{1,15},\\d{1,6}");
  private static final Pattern ISO_DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
  private static final Pattern ISO_TIME =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\d( \\d\\d:\\d\\d:\\d\\d(\\.\\d+)?( ?UTC| ?[-+]\\d\\d:?\\d\\d)?"
              + "|T\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?Z)");
  private static final Pattern DATE_OF_ANOTHER_FORM =
      Pattern.compile(
          "(\\d{1,2}[./-]\\d{1,2}[./-]\\d{2}(\\d{2})?|\\d{4}[./]\\d{1,2}[./]\\d{1,2}"
              + "|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d.*|\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d)"
              + "( \\d\\d?:\\d\\d.*)?");
  private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{6,14}");
  private static final Pattern ADDRESS = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");

  static Shape of(String text) {
    if (NOTHINGS.contains(text)) {
      return NOTHING;
    }
    char first = text.charAt(0);
    if ((first >= '0' && first <= '9') || first == '-') {
      return text.length() > LONGEST ? TEXT : ofDigits(text);
    }
    if (first == '+') {
      return E164.matcher(text).matches() ? PHONE : TEXT;
    }
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return Character.isLowerCase(first) ? TRUE_OR_FALSE : TRUE_OR_FALSE_IN_CAPITALS;
    }
    if (first == '[' && text.endsWith("]")) {
      return LIST;
    }
    return isAddress(text) ? EMAIL : TEXT;
  }

  private static Shape ofDigits(String text) {
    if (text.equals("0") || text.equals("1")) {
      return ZERO_OR_ONE;
    }
    if (DIGITS.matcher(text).matches()) {
      return text.charAt(0) == '0' ? LEADING_ZERO : ofLength(text.length());
    }
    if (DECIMAL.matcher(text).matches()) {
      return NUMBER;
    }
    if (ISO_DATE.matcher(text).matches()) {
      return DATE;
    }
    if (ISO_TIME.matcher(text).matches()) {
      return TIME;
    }
    if (DATE_OF_ANOTHER_FORM.matcher(text).matches()) {
      return OTHER_DATE;
    }
    if (WITH_COMMA.matcher(text).matches()) {
      return DECIMAL_COMMA;
    }
    return isAddress(text) ? EMAIL : TEXT;
  }

  private static Shape ofLength(int digits) {
    return switch (digits) {
      case 9, 10 -> SECONDS;
      case 13 -> MILLISECONDS;
      default -> digits > SAFE_DIGITS ? LONG_DIGITS : NUMBER;
    };
  }

  private static boolean isAddress(String text) {
    return text.length() < 320 && text.indexOf('@') > 0 && ADDRESS.matcher(text).matches();
  }

  /** Whether it is a value, which no column is named after. */
  boolean isData() {
    return this != NOTHING && this != TEXT && this != LIST;
  }
}
