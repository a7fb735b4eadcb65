package io.tapline.export;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of a CSV or TSV export: what the scanner finds, judged. */
final class DelimitedRows implements Rows {

  private final TextSource source;
  private final RowBuffer buffer = new RowBuffer();
  private final DelimitedScanner scanner;
  private final Header header;
  private final String columnsFrom;
  private final int columns;
  private long count;
  private long skipped;

  /**
   * @param source the text from the first row to be read on
   * @param columnsFrom for messages: what says how many columns there are
   * @param lines lines before the source's next byte
   * @param count rows before it
   */
  DelimitedRows(
      TextSource source,
      Dialect dialect,
      Header header,
      String columnsFrom,
      long lines,
      long count) {
    this.source = source;
    this.scanner = new DelimitedScanner(source, dialect, buffer, lines);
    this.header = header;
    this.columnsFrom = columnsFrom;
    this.columns = header.names().size() + (header.rejectsFile() ? RejectsFile.COLUMNS.size() : 0);
    this.count = count;
  }

  @Override
  public @Nullable Row next() throws IOException {
    while (scanner.next()) {
      // Text editors and scripts leave an empty last line. With one column it may be a null.
      if (scanner.rowSize() == 0 && columns != 1 && source.peek() < 0) {
        return null;
      }
      BrokenRow broken = broken();
      if (broken != null) {
        count++;
        return broken;
      }
      DelimitedRow row = buffer.toRow(count + 1);
      if (!header.rejectsFile()) {
        count++;
        return row;
      }
      if (RejectsFile.isKept(row)) {
        count++;
        return RejectsFile.original(row);
      }
      skipped++;
    }
    return null;
  }

  private @Nullable BrokenRow broken() {
    if (scanner.rowSize() > RowBuffer.MAX_ROW) {
      return broken(
          "ROW_TOO_LARGE",
          "has a row of %d bytes; a row may have 1048576".formatted(scanner.rowSize()));
    }
    if (scanner.isTorn() || !buffer.isPlainAscii()) {
      if (scanner.isTorn() || !buffer.isUtf8()) {
        return broken("BROKEN_UTF8", "is not valid UTF-8");
      }
      if (buffer.hasNul()) {
        return broken("NUL_BYTE", "has a NUL byte");
      }
    }
    if (buffer.size() != columns) {
      String fields = buffer.size() == 1 ? "1 field" : buffer.size() + " fields";
      return broken(
          "WRONG_FIELD_COUNT", "has %s; %s has %d".formatted(fields, columnsFrom, columns));
    }
    return null;
  }

  private BrokenRow broken(String code, String what) {
    return new BrokenRow(count + 1, code, "line " + scanner.firstLine() + " " + what, null);
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public long lines() {
    return scanner.lines();
  }

  @Override
  public long skipped() {
    return skipped;
  }
}
