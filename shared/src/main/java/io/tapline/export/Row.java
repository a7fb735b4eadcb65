package io.tapline.export;

/** One line of the export. */
public sealed interface Row permits DelimitedRow, JsonRow, BrokenRow {

  /** 1 is the first data row. */
  long number();
}
