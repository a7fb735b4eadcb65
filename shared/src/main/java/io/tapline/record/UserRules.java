package io.tapline.record;

import io.tapline.record.Column.Role;
import io.tapline.record.RowView.Cell;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules that profiles and events share: who the record is about, and when it happened. */
final class UserRules {

  private static final int MAX_ID_CHARACTERS = 1024;
  private static final int MAX_TIMESTAMP_DIGITS = 10;
  private static final long MAX_SECONDS = 9_999_999_999L;

  /** What CleverTap refuses as an identity, in any case. */
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

  /** In bytes, in any case. */
  private static final int LONGEST_REFUSED = "-infinity".length();

  static final JsonKey IDENTITY = JsonKey.of(Role.IDENTITY.spelling());
  static final JsonKey OBJECT_ID = JsonKey.of(Role.OBJECT_ID.spelling());

  private UserRules() {}

  /** The value of this role; null where there is none or an empty one. */
  static @Nullable Cell present(RowView row, Role role) {
    Cell cell = row.cell(role);
    return cell == null || cell.text().isEmpty() ? null : cell;
  }

  /** The row names no user: told of the column in which one should stand. */
  static Fault nobody(RowView row) {
    Role role =
        row.column(Role.IDENTITY) == null && row.column(Role.OBJECT_ID) != null
            ? Role.OBJECT_ID
            : Role.IDENTITY;
    return new Fault(
        Codes.IDENTITY,
        Fault.name(row, role),
        "The row has neither identity nor objectId; one of them is required");
  }

  static @Nullable Fault checkIdentity(Cell identity) {
    if (identity.text().length() > LONGEST_REFUSED) {
      return checkLength(identity, Codes.IDENTITY);
    }
    String text = identity.text().toString();
    if (REFUSED.contains(text.toLowerCase(Locale.ROOT))) {
      return Fault.of(
          Codes.IDENTITY,
          identity.column(),
          "is " + TextSlice.quoted(text) + ", which CleverTap refuses; it must name one user");
    }
    return checkLength(identity, Codes.IDENTITY);
  }

  static @Nullable Fault checkObjectId(Cell objectId) {
    return checkLength(objectId, Codes.OBJECT_ID);
  }

  private static @Nullable Fault checkLength(Cell id, String code) {
    if (id.text().length() <= MAX_ID_CHARACTERS) {
      return null; // a character has at least one byte
    }
    String text = id.text().toString();
    return text.codePointCount(0, text.length()) <= MAX_ID_CHARACTERS
        ? null
        : Fault.of(
            code,
            id.column(),
            "is longer than " + MAX_ID_CHARACTERS + " characters, the most that it may have");
  }

  /**
   * Checks when it happened.
   *
   * @return null if {@link #seconds} may be asked
   */
  static @Nullable Fault checkTimestamp(Cell timestamp) {
    TextSlice text = timestamp.text();
    if (Timestamps.isInteger(text) && !text.is(0, '-') && text.length() > MAX_TIMESTAMP_DIGITS) {
      return Fault.of(
          Codes.TIMESTAMP,
          timestamp.column(),
          "is "
              + text.quoted()
              + ", which looks like milliseconds; it must be in epoch seconds, at most 10 digits");
    }
    long seconds = seconds(text);
    if (seconds <= 0 || seconds > MAX_SECONDS) {
      return Fault.unexpected(
          Codes.TIMESTAMP,
          timestamp.column(),
          text,
          "epoch seconds over 0, a timestamp such as 2020-08-01 00:00:00, or ISO-8601 that ends in"
              + " Z");
    }
    return null;
  }

  /** The text as epoch seconds. */
  static long seconds(TextSlice text) {
    return Timestamps.isInteger(text)
        ? Timestamps.dateSeconds(text)
        : Timestamps.epochSeconds(text);
  }
}
