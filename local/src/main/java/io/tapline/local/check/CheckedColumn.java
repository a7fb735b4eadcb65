package io.tapline.local.check;

import io.tapline.record.ColumnTypes.TypedColumn;
import org.jspecify.annotations.Nullable;

/**
 * A column of a checked file.
 *
 * @param typed its names, its type and why it has that
 * @param nulls rows in which it is null, or (JSONL) missing; rows that can't be read not among them
 * @param sample its first value that is not empty, masked; null where it has none
 * @param clash two rows whose values are of different types; null where all are of one
 */
public record CheckedColumn(
    TypedColumn typed, long nulls, @Nullable String sample, @Nullable TypeClash clash) {

  /** Whether the values decide its type, rather than the sync or CleverTap. */
  boolean isTypeFound() {
    return switch (typed.origin()) {
      case INFERRED, LEARNED, JSON -> true;
      case DECLARED, KNOWN_FIELD, IGNORED -> false;
    };
  }
}
