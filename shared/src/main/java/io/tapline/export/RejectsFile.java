package io.tapline.export;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.List;

/**
 * A file of rejected rows that Tapline itself wrote, corrected by someone and pushed: the original
 * columns, then three that say why. Always in the standard dialect, whatever the sync's format is,
 * and known by its header line alone.
 */
final class RejectsFile {

  /** The columns that follow the original ones. */
  static final List<String> COLUMNS = List.of("_row", "_code", "_reason");

  /** Bytes that tell: the longest header line, a byte order mark before it and a line end. */
  static final int BEGINNING = RowBuffer.MAX_ROW + 5;

  /** Before these a cell has one {@code '} more than it had. */
  private static final String GUARDED = "=+-@\t\r'";

  private RejectsFile() {}

  /**
   * Whether an export that is not read yet begins like a rejects file.
   *
   * @param object the object's own bytes; can take {@link #BEGINNING} of them back, and has them
   *     all again afterwards
   */
  static boolean isNext(PushbackInputStream object) throws IOException {
    byte[] beginning = object.readNBytes(BEGINNING);
    object.unread(beginning);
    return isOne(beginning);
  }

  private static boolean isOne(byte[] beginning) throws IOException {
    try {
      TextSource source = new TextSource(new ByteArrayInputStream(beginning), 0);
      source.skipByteOrderMark();
      List<String> names = HeaderLine.read(source, Dialect.STANDARD).names();
      int own = names.size() - COLUMNS.size();
      return own >= 0 && names.subList(own, names.size()).equals(COLUMNS);
    } catch (UnreadableExportException e) {
      return false; // another kind of export; what is wrong with it shows when it is read as what
      // it is
    }
  }

  /** The header of the original columns. */
  static Header header(List<String> names) {
    return new Header(
        names.subList(0, names.size() - COLUMNS.size()).stream()
            .map(name -> isGuarded(name) ? name.substring(1) : name)
            .toList(),
        true);
  }

  private static boolean isGuarded(String name) {
    return name.length() > 1 && name.charAt(0) == '\'' && GUARDED.indexOf(name.charAt(1)) >= 0;
  }

  /**
   * Whether the row holds the rejected row; of a row that could not be read there is only the
   * number.
   */
  static boolean isKept(DelimitedRow row) {
    for (int column = 0; column < row.size() - COLUMNS.size(); column++) {
      if (!row.isNull(column)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The row as it was, without the three columns and without what keeps a spreadsheet from running
   * its cells.
   */
  static DelimitedRow original(DelimitedRow row) {
    int own = row.size() - COLUMNS.size();
    byte[] bytes = new byte[row.end(own - 1)];
    int[] ends = new int[own];
    boolean[] nulls = new boolean[own];
    int length = 0;
    for (int column = 0; column < own; column++) {
      int start = row.start(column) + (isGuarded(row, column) ? 1 : 0);
      int size = row.end(column) - start;
      System.arraycopy(row.bytes(), start, bytes, length, size);
      length += size;
      ends[column] = length;
      nulls[column] = row.isNull(column);
    }
    return new DelimitedRow(row.number(), Arrays.copyOf(bytes, length), ends, nulls);
  }

  private static boolean isGuarded(DelimitedRow row, int column) {
    int start = row.start(column);
    return row.end(column) - start > 1
        && row.bytes()[start] == '\''
        && GUARDED.indexOf(row.bytes()[start + 1]) >= 0;
  }
}
