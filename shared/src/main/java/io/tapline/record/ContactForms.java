package io.tapline.record;

/**
 * The forms of what a person is reached by. All that they ask for is ASCII, and no byte of a longer
 * UTF-8 character is, so they look at bytes: regular expressions over strings took a seventh of the
 * time in which a profile is mapped.
 */
final class ContactForms {

  private static final int MIN_PHONE_DIGITS = 7;
  private static final int MAX_PHONE_DIGITS = 15;

  private ContactForms() {}

  /**
   * Whether it is one {@code @} with something before it and names with dots between them behind
   * it, none of them empty and at least two; no white space anywhere.
   */
  static boolean isEmail(TextSlice text) {
    int nameStart = -1; // in the domain; -1 before the @
    int names = 0;
    for (int i = 0; i < text.length(); i++) {
      byte b = text.at(i);
      if (b > '@' || b < 0) {
        continue; // a letter, as most are
      }
      if (isSpace(b)) {
        return false;
      }
      if (b == '@') {
        if (nameStart >= 0 || i == 0) {
          return false;
        }
        nameStart = i + 1;
      } else if (b == '.' && nameStart >= 0) {
        if (i == nameStart) {
          return false;
        }
        names++;
        nameStart = i + 1;
      }
    }
    return names > 0 && nameStart < text.length();
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }

  /** Whether it is E.164 with its plus sign. */
  static boolean isPhone(TextSlice text) {
    int digits = text.length() - 1;
    if (digits < MIN_PHONE_DIGITS || digits > MAX_PHONE_DIGITS) {
      return false;
    }
    if (!text.is(0, '+') || text.is(1, '0')) {
      return false;
    }
    for (int i = 1; i <= digits; i++) {
      if (!text.isDigit(i)) {
        return false;
      }
    }
    return true;
  }
}
