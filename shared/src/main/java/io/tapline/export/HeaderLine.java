package io.tapline.export;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The line that names the columns.
 *
 * @param names as they stand there
 * @param lines how many lines of the text it takes: a quoted name may hold line ends
 */
record HeaderLine(List<String> names, long lines) {

  /**
   * Takes the header line off the text.
   *
   * @throws UnreadableExportException {@code EMPTY_EXPORT}, {@code BROKEN_HEADER}, {@code
   *     UNCLOSED_QUOTE}
   */
  static HeaderLine read(TextSource source, Dialect dialect) throws IOException {
    RowBuffer buffer = new RowBuffer();
    DelimitedScanner scanner = new DelimitedScanner(source, dialect.forHeader(), buffer, 0);
    if (!scanner.next()) {
      throw new UnreadableExportException(
          "EMPTY_EXPORT",
          "the export has no header line: it has 0 bytes of text; see whether the query or the"
              + " export failed");
    }
    if (scanner.rowSize() > RowBuffer.MAX_ROW) {
      throw broken("is longer than 1 MiB");
    }
    if (scanner.isTorn() || !buffer.isUtf8()) {
      throw broken("is not valid UTF-8");
    }
    if (buffer.hasNul()) {
      throw broken("has a NUL byte");
    }
    DelimitedRow row = buffer.toRow(0);
    List<String> names = new ArrayList<>(row.size());
    for (int column = 0; column < row.size(); column++) {
      names.add(row.text(column));
    }
    return new HeaderLine(names, scanner.lines());
  }

  private static UnreadableExportException broken(String what) {
    return new UnreadableExportException(
        "BROKEN_HEADER",
        "the header line " + what + "; correct the names of the columns and export it again");
  }
}
