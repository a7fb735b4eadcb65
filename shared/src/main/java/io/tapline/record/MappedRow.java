package io.tapline.record;

/** What became of a row: a record that can be sent, or a rejection. */
public sealed interface MappedRow permits Mapped, Rejection {

  /** The row's number in the export; 1 is the first data row. */
  long row();
}
