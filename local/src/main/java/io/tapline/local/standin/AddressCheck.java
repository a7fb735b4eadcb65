package io.tapline.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules for what profiles and events have in common: whom a record is about, and when it was.
 */
final class AddressCheck {

  static final int MAX_CHARACTERS = 1024;

  private static final long MAX_TS = 9_999_999_999L;
  private static final List<String> ADDRESSES = List.of("identity", "objectId", "FBID", "GPID");

  private static final Set<String> REFUSED =
      Set.of(
          "undefined",
          "null",
          "na",
          "n/a",
          "0",
          "nil",
          "-1",
          "infinity",
          "-infinity",
          "inf",
          "-inf",
          "nan",
          "-nan",
          "empty",
          "none",
          "xxxxxx");

  private AddressCheck() {}

  /** The first rule that the record breaks; null when there is none. */
  static @Nullable Refusal check(ObjectNode record) {
    long addresses = ADDRESSES.stream().filter(record::has).count();
    if (addresses != 1) {
      return addresses == 0
          ? Refusal.of(523, "Identity is missing")
          : Refusal.of(523, "More than one of " + String.join(", ", ADDRESSES));
    }
    JsonNode identity = record.get("identity");
    Refusal refusal = identity == null ? null : identity(identity);
    if (refusal != null) {
      return refusal;
    }
    JsonNode objectId = record.get("objectId");
    if (objectId != null && !isObjectId(objectId)) {
      return Refusal.of(526, "objectId is not valid");
    }
    JsonNode ts = record.get("ts");
    return ts == null || isTimestamp(ts) ? null : Refusal.of(525, "Timestamp is not valid");
  }

  static @Nullable Refusal identity(JsonNode identity) {
    if (!identity.isTextual() && !identity.isIntegralNumber() && !identity.isBoolean()) {
      return Refusal.of(523, "Identity is no text");
    }
    String text = identity.asText();
    if (text.isBlank()) {
      return Refusal.of(523, "Identity is empty");
    }
    if (text.length() > MAX_CHARACTERS) {
      return Refusal.of(523, "Identity is longer than " + MAX_CHARACTERS + " characters");
    }
    // The longest refused one has 9 characters: a common identity is never lower-cased.
    return text.length() <= 9 && REFUSED.contains(text.toLowerCase(Locale.ROOT))
        ? Refusal.of(523, "Identity is a word for none")
        : null;
  }

  /** Whether the record is addressed in a way that is not open to tokens. */
  static boolean hasOtherThanObjectId(ObjectNode record) {
    return ADDRESSES.stream().anyMatch(name -> !name.equals("objectId") && record.has(name));
  }

  static boolean isObjectId(JsonNode objectId) {
    return objectId.isTextual()
        && !objectId.textValue().isBlank()
        && objectId.textValue().length() <= MAX_CHARACTERS;
  }

  private static boolean isTimestamp(JsonNode ts) {
    return ts.isIntegralNumber()
        && ts.canConvertToLong()
        && ts.longValue() > 0
        && ts.longValue() <= MAX_TS;
  }
}
