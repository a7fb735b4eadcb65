package io.tapline.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules for names and plain values of properties, of profiles and of events alike. */
final class PropertyCheck {

  static final int MAX_NAME_BYTES = 120;
  static final int MAX_VALUE_BYTES = 512;

  private static final String FORBIDDEN = "%><!|&.:;$'\"\\,";
  private static final String DATE = "$D_";

  private static final Names<Optional<String>> NAME_PROBLEMS =
      new Names<>(name -> Optional.ofNullable(findNameProblem(name)));

  private PropertyCheck() {}

  /** What is wrong with a property's name; null when nothing is. */
  static @Nullable String nameProblem(String name) {
    return NAME_PROBLEMS.of(name).orElse(null);
  }

  private static @Nullable String findNameProblem(String name) {
    if (name.isBlank()) {
      return "A property has no name";
    }
    if (isLonger(name, MAX_NAME_BYTES)) {
      return "A property name is longer than " + MAX_NAME_BYTES + " bytes";
    }
    return hasForbidden(name) ? "Property name " + name + " has a forbidden character" : null;
  }

  static boolean hasForbidden(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (FORBIDDEN.indexOf(name.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** What is wrong with a plain value: text, number, boolean, or a date; null when nothing is. */
  static @Nullable String valueProblem(String name, JsonNode value) {
    if (value.isNumber() || value.isBoolean()) {
      return null;
    }
    if (!value.isTextual()) {
      return "Property " + name + " is nested or null";
    }
    String text = value.textValue();
    if (isLonger(text, MAX_VALUE_BYTES)) {
      return "Property " + name + " is longer than " + MAX_VALUE_BYTES + " bytes";
    }
    return text.startsWith(DATE) && !isDate(text) ? "Property " + name + " is no date" : null;
  }

  /** Whether a text is a date: {@code $D_} and epoch seconds, which are negative before 1970. */
  static boolean isDate(String text) {
    if (!text.startsWith(DATE)) {
      return false;
    }
    int start = text.startsWith("-", DATE.length()) ? DATE.length() + 1 : DATE.length();
    return isDigits(text, start) && text.length() - start <= 18;
  }

  /** Whether there are ASCII digits from {@code start} on, at least one, and nothing else. */
  static boolean isDigits(String text, int start) {
    for (int i = start; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return start < text.length();
  }

  static boolean isLonger(String text, int maxBytes) {
    // A char takes at most three bytes, so most texts need not be encoded to know.
    return text.length() * 3 > maxBytes && text.getBytes(StandardCharsets.UTF_8).length > maxBytes;
  }
}
