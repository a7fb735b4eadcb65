package io.tapline.record;

import io.tapline.sync.ColumnType;
import org.jspecify.annotations.Nullable;

/** What a text says about the type of its column, when neither the sync nor CleverTap says it. */
final class TextKind {

  private TextKind() {}

  /**
   * The narrowest type that the text fits; no text fits two of number, boolean, date and list.
   *
   * @param lists whether a JSON array of scalars is a list, or just text
   * @return null if the text does not count: it fits every type, by being left out of all but
   *     strings
   */
  static @Nullable ColumnType of(TextSlice text, boolean lists) {
    if (isNothing(text)) {
      return null;
    }
    return switch (text.at(0)) {
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> ofDigits(text);
      case 't' -> text.is("true") ? ColumnType.BOOLEAN : ColumnType.STRING;
      case 'f' -> text.is("false") ? ColumnType.BOOLEAN : ColumnType.STRING;
      case '[' -> lists && ScalarList.of(text) != null ? ColumnType.LIST : ColumnType.STRING;
      default -> ColumnType.STRING;
    };
  }

  /** An empty text, or what Java writes for a double that is no number. */
  static boolean isNothing(TextSlice text) {
    return text.isEmpty() || text.is("NaN") || text.is("Infinity") || text.is("-Infinity");
  }

  private static ColumnType ofDigits(TextSlice text) {
    if (Numbers.isSafeNumber(text)) {
      return ColumnType.NUMBER;
    }
    return Timestamps.epochSeconds(text) == Timestamps.NONE ? ColumnType.STRING : ColumnType.DATE;
  }
}
