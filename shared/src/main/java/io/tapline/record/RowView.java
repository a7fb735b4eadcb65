package io.tapline.record;

import org.jspecify.annotations.Nullable;

/** The values of one row that are not null, as a record asks for them. */
interface RowView {

  /**
   * The value of this role; null where the row has none, or an empty one where empty is no value.
   */
  @Nullable Cell cell(Column.Role role);

  /** The column of this role, whatever its value; null where the row can't tell. */
  @Nullable Column column(Column.Role role);

  /**
   * The properties that have a value, not counting items. A value that will be left out counts too,
   * since whether it is may hang on the column's type, which is not known when staging checks the
   * row.
   */
  int properties();

  /** The first column of the event's items that has a value; null: the row has no items. */
  @Nullable Column firstItem();

  /** Writes the properties, in the order of the columns. */
  @Nullable Fault writeProperties(RecordJson out);

  /** Writes the event's items as {@code Items}, or nothing where none has a value to send. */
  @Nullable Fault writeItems(RecordJson out);

  /** A value and its column. */
  record Cell(Column column, TextSlice text) {}
}
