package io.tapline.record;

import io.tapline.record.Column.Role;
import org.jspecify.annotations.Nullable;

/**
 * Why a row can't be sent; a {@link Rejection} without its row.
 *
 * @param column the export's own name; null when it is not one column's
 * @param reason a sentence that names the column, what is wrong and what is allowed
 */
record Fault(String code, @Nullable String column, String reason) implements Encoded {

  /** A value that is not what its column takes. */
  static Fault unexpected(String code, Column column, TextSlice text, String expected) {
    return of(code, column, "is " + text.quoted() + "; it must be " + expected);
  }

  /** A limit or rule that a value of the column breaks; the reason says nothing of the value. */
  static Fault of(String code, Column column, String rest) {
    return new Fault(code, column.name(), column.name() + " " + rest);
  }

  /** A value that the row must have and has not, or has as an array or an object. */
  static Fault missing(String code, RowView row, Role role) {
    String name = name(row, role);
    return new Fault(
        code, name, "The row has no " + name + " that is a text or a number; it must have one");
  }

  /** The export's own name of the column of this role, or else what the role is called. */
  static String name(RowView row, Role role) {
    Column column = row.column(role);
    return column == null ? role.spelling() : column.name();
  }

  /** A text that is longer than a string may be. */
  static Fault tooLong(Column column) {
    return of(
        Codes.VALUE_TOO_LONG,
        column,
        "is longer than "
            + ValueWriter.MAX_BYTES
            + " bytes of UTF-8, the most that a value may have");
  }

  /** A list that breaks the limit of that code. */
  static Fault badList(Column column, String code) {
    return of(
        code,
        column,
        code.equals(Codes.LIST_TOO_LONG)
            ? "holds more than "
                + ScalarList.MAX_ITEMS
                + " different items, the most that a list may have"
            : "holds an item of more than "
                + ValueWriter.MAX_BYTES
                + " bytes of UTF-8, the most that an item may have");
  }

  Rejection ofRow(long row) {
    return new Rejection(row, Rejection.By.TAPLINE, code, column, reason);
  }
}
