package io.tapline.export;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads to the end, and looks at each row on the way. */
final class Reading {

  private Reading() {}

  /**
   * The rows that are left, shown; their numbers have no gap.
   *
   * @param positions takes the position before the first row and behind each
   */
  static List<String> rows(ExportReader reader, List<ReadPosition> positions) throws IOException {
    List<String> rows = new ArrayList<>();
    long number = reader.position().rows();
    positions.add(reader.position());
    for (Row row = reader.next(); row != null; row = reader.next()) {
      number++;
      require(row.number() == number, "row " + row.number() + " stands at " + number);
      rows.add(Exports.show(row));
      positions.add(reader.position());
    }
    require(reader.position().rows() == number, "rows are counted that were not read");
    return rows;
  }

  /** Fails with a message unless that is so. */
  static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new AssertionError(otherwise);
    }
  }
}
