package io.tapline.record;

/**
 * Texts that are numbers in JSON's notation: an optional minus, digits without a leading zero, an
 * optional fraction, an optional exponent.
 */
final class Numbers {

  /**
   * A double keeps any decimal number of 15 digits; with more, an id would be rounded without a
   * word.
   */
  private static final int SAFE_DIGITS = 15;

  /** Longer than any double or long; keeps a number far below the limit of a value's length. */
  private static final int MAX_LENGTH = 64;

  private static final int NONE = -1;

  private Numbers() {}

  /** Whether it is a number that fits a double's range, however many digits it has. */
  static boolean isNumber(TextSlice text) {
    return endOfMantissa(text) != NONE;
  }

  /** Whether it is a number that nobody can lose digits of: at most 15 significant ones. */
  static boolean isSafeNumber(TextSlice text) {
    int end = endOfMantissa(text);
    return end != NONE && significantDigits(text, end) <= SAFE_DIGITS;
  }

  /** Where the exponent begins, or the end of the text where there is none; -1: no number. */
  private static int endOfMantissa(TextSlice text) {
    if (text.length() > MAX_LENGTH) {
      return NONE;
    }
    int whole = text.is(0, '-') ? 1 : 0;
    int at = skipDigits(text, whole);
    if (at == whole || (text.is(whole, '0') && at > whole + 1)) {
      return NONE;
    }
    if (text.is(at, '.')) {
      int fraction = at + 1;
      at = skipDigits(text, fraction);
      if (at == fraction) {
        return NONE;
      }
    }
    int mantissa = at;
    if (text.is(at, 'e') || text.is(at, 'E')) {
      int exponent = text.is(at + 1, '-') || text.is(at + 1, '+') ? at + 2 : at + 1;
      at = skipDigits(text, exponent);
      if (at == exponent
          || at < text.length()
          || Double.isInfinite(Double.parseDouble(text.toString()))) {
        return NONE;
      }
    }
    return at == text.length() ? mantissa : NONE;
  }

  private static int skipDigits(TextSlice text, int from) {
    int at = from;
    while (text.isDigit(at)) {
      at++;
    }
    return at;
  }

  /** The digits from the first that is not 0 to the last, of the whole and the fraction. */
  private static int significantDigits(TextSlice text, int end) {
    int digits = 0;
    for (int i = 0; i < end; i++) {
      if (text.isDigit(i) && (digits > 0 || text.at(i) != '0')) {
        digits++;
      }
    }
    return digits;
  }
}
