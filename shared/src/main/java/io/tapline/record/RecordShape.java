package io.tapline.record;

/** How the record of one kind is laid out; one implementation for each. */
interface RecordShape {

  /**
   * Writes the record of a row.
   *
   * @return who the record is about; or why the row can't be sent, and what was written is to be
   *     thrown away
   */
  Encoded write(RowView row, RecordJson out);
}
