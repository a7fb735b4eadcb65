package io.tapline.chunk;

import java.util.ArrayList;
import java.util.List;

/** The fields of the rows of a chunk, brought from columns back to rows. */
final class Fields {

  private final byte[][] texts;
  private final int[][] ends;
  private final boolean[][] nulls;

  private Fields(int rows) {
    this.texts = new byte[rows][];
    this.ends = new int[rows][];
    this.nulls = new boolean[rows][];
  }

  /**
   * Reads all columns.
   *
   * @param kinds the {@link RowKind} of each row
   * @throws IndexOutOfBoundsException when there is less than they need
   */
  static Fields read(StoredBytes stored, StoredBits bits, int[] kinds) {
    int columns = 0;
    for (int kind : kinds) {
      columns = Math.max(columns, RowKind.fields(kind));
    }
    // Each takes a byte or more: no room is made for columns that can't be there.
    stored.checked(columns);
    Fields fields = new Fields(kinds.length);
    for (int row = 0; row < kinds.length; row++) {
      fields.ends[row] = new int[RowKind.fields(kinds[row])];
      fields.nulls[row] = new boolean[fields.ends[row].length];
    }
    List<StoredColumn> read = new ArrayList<>(columns);
    for (int column = 0; column < columns; column++) {
      read.add(StoredColumn.read(stored, bits, fields.size(column)));
      fields.putLengths(column, read.getLast());
    }
    fields.putText(read);
    return fields;
  }

  /** The number of fields of a column. */
  private int size(int column) {
    int size = 0;
    for (int[] end : ends) {
      size += column < end.length ? 1 : 0;
    }
    return size;
  }

  private void putLengths(int column, StoredColumn stored) {
    int field = 0;
    for (int row = 0; row < ends.length; row++) {
      if (column < ends[row].length) {
        int length = stored.lengths[field++];
        nulls[row][column] = length == 0;
        ends[row][column] =
            Math.addExact(column == 0 ? 0 : ends[row][column - 1], RowKind.textLength(length));
      }
    }
  }

  private void putText(List<StoredColumn> columns) {
    for (int row = 0; row < ends.length; row++) {
      texts[row] = new byte[ends[row].length == 0 ? 0 : ends[row][ends[row].length - 1]];
    }
    for (int column = 0; column < columns.size(); column++) {
      StoredColumn stored = columns.get(column);
      int field = 0;
      for (int row = 0; row < ends.length; row++) {
        if (column < ends[row].length) {
          int start = column == 0 ? 0 : ends[row][column - 1];
          System.arraycopy(
              stored.bytes, stored.starts[field++], texts[row], start, ends[row][column] - start);
        }
      }
    }
  }

  /** The text of all fields of a row. */
  byte[] text(int row) {
    return texts[row];
  }

  /** Where each field of a row ends in its text. */
  int[] ends(int row) {
    return ends[row];
  }

  /** Which fields of a row are null. */
  boolean[] nulls(int row) {
    return nulls[row];
  }
}
