package io.tapline.chunk;

/** A column of a chunk that is read. Its arrays are not to be written to. */
final class StoredColumn {

  /** In which the text of each field is. */
  final byte[] bytes;

  /** Where the text of each field starts. */
  final int[] starts;

  /** Of each field one more than the bytes of its text, or 0 for null. */
  final int[] lengths;

  StoredColumn(byte[] bytes, int[] starts, int[] lengths) {
    this.bytes = bytes;
    this.starts = starts;
    this.lengths = lengths;
  }

  /**
   * Reads what {@link PackedColumns} wrote of a column.
   *
   * @param fields their number
   * @throws IndexOutOfBoundsException when there is less than they need
   */
  static StoredColumn read(StoredBytes stored, StoredBits bits, int fields) {
    int size = stored.count();
    if (size > 0) {
      return stored.texts(stored.counts(size)).pick(bits.indexes(fields, size));
    }
    int width = stored.count();
    if (width == 0) {
      return texts(stored, bits, stored.counts(fields));
    }
    StoredBytes places = new StoredBytes(Places.read(stored, bits, fields, width));
    int[] lengths = places.counts(fields);
    places.checkEnd();
    return texts(stored, bits, lengths);
  }

  private static StoredColumn texts(StoredBytes stored, StoredBits bits, int[] lengths) {
    int width = stored.count();
    if (width == 0) {
      return stored.texts(lengths);
    }
    StoredBytes places = new StoredBytes(Places.read(stored, bits, texts(lengths), width));
    StoredColumn column = places.texts(lengths);
    places.checkEnd();
    return column;
  }

  private static int texts(int[] lengths) {
    int texts = 0;
    for (int length : lengths) {
      texts += length == 0 ? 0 : 1;
    }
    return texts;
  }

  /** The column whose fields are some of this one's. */
  private StoredColumn pick(byte[] indexes) {
    int[] pickedStarts = new int[indexes.length];
    int[] pickedLengths = new int[indexes.length];
    for (int i = 0; i < indexes.length; i++) {
      int index = indexes[i] & 0xFF;
      pickedStarts[i] = starts[index];
      pickedLengths[i] = lengths[index];
    }
    return new StoredColumn(bytes, pickedStarts, pickedLengths);
  }
}
