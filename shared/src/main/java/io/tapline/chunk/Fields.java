package io.tapline.chunk;

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
   * Reads the lengths and the text of all columns.
   *
   * @param kinds the {@link RowKind} of each row
   * @throws IndexOutOfBoundsException when there is less than they need
   */
  static Fields read(StoredBytes stored, int[] kinds) {
    Fields fields = new Fields(kinds.length);
    int columns = fields.makeRoom(stored, kinds);
    fields.readLengths(stored, columns);
    fields.readText(stored, columns);
    return fields;
  }

  /** Returns the number of columns. */
  private int makeRoom(StoredBytes stored, int[] kinds) {
    int columns = 0;
    long total = 0;
    for (int kind : kinds) {
      int count = RowKind.fields(kind);
      columns = Math.max(columns, count);
      total += count;
    }
    // The length of each takes a byte or more: no room is made for fields that can't be there.
    stored.checked(total);
    for (int row = 0; row < kinds.length; row++) {
      ends[row] = new int[RowKind.fields(kinds[row])];
      nulls[row] = new boolean[ends[row].length];
    }
    return columns;
  }

  private void readLengths(StoredBytes stored, int columns) {
    int[] end = new int[ends.length];
    for (int column = 0; column < columns; column++) {
      for (int row = 0; row < ends.length; row++) {
        if (column < ends[row].length) {
          int length = stored.count();
          nulls[row][column] = length == 0;
          end[row] = stored.checked((long) end[row] + RowKind.textLength(length));
          ends[row][column] = end[row];
        }
      }
    }
    for (int row = 0; row < ends.length; row++) {
      texts[row] = new byte[stored.checked(end[row])];
    }
  }

  private void readText(StoredBytes stored, int columns) {
    for (int column = 0; column < columns; column++) {
      for (int row = 0; row < ends.length; row++) {
        if (column < ends[row].length) {
          int start = column == 0 ? 0 : ends[row][column - 1];
          stored.take(texts[row], start, ends[row][column] - start);
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
