package io.tapline.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** The rules for phone numbers and e-mail addresses. */
final class ContactCheck {

  private ContactCheck() {}

  static boolean isEmail(JsonNode value) {
    if (!value.isTextual()) {
      return false;
    }
    String text = value.textValue();
    int at = text.indexOf('@');
    int dot = text.lastIndexOf('.');
    return at > 0
        && text.indexOf('@', at + 1) < 0
        && dot > at + 1
        && dot < text.length() - 1
        && !hasWhitespace(text);
  }

  private static boolean hasWhitespace(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isWhitespace(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** E.164: a plus sign, then a country code, which never begins with 0; 15 digits at most. */
  static boolean isPhone(JsonNode value) {
    if (!value.isTextual()) {
      return false;
    }
    String text = value.textValue();
    return text.length() >= 3
        && text.length() <= 16
        && text.charAt(0) == '+'
        && text.charAt(1) != '0'
        && PropertyCheck.isDigits(text, 1);
  }

  /**
   * What is wrong with a phone number that stands alone in its record; null when nothing is. The
   * pages name no codes for such records; that they are those of profiles is assumed.
   */
  static @Nullable Refusal phone(JsonNode value) {
    return isPhone(value) ? null : Refusal.of(516, "Phone is not valid");
  }

  /** The same for an e-mail address. */
  static @Nullable Refusal email(JsonNode value) {
    return isEmail(value) ? null : Refusal.of(515, "Email is not valid");
  }
}
