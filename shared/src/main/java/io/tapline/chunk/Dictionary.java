package io.tapline.chunk;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The distinct fields of a column, in the order in which they come, and which each row has. */
final class Dictionary {

  private static final int MAX = 1 << Byte.SIZE;
  private static final int SLOTS = 4 * MAX;

  /** So many are found before it is asked how many fields there are for each. */
  private static final int FIRST = 32;

  private final byte[] text;
  private final byte[] indexes;

  /** A hash table of the distinct fields: one more than their index, or 0. */
  private final short[] slots = new short[SLOTS];

  private final int[] starts = new int[MAX];
  private final int[] lengths = new int[MAX];
  private int size;

  private Dictionary(byte[] text, int fields) {
    this.text = text;
    this.indexes = new byte[fields];
  }

  /** The dictionary of a column; null where more than 256 of its fields differ, or than half. */
  static @Nullable Dictionary of(FilledColumn column) {
    Dictionary dictionary = new Dictionary(column.text, column.fields);
    return dictionary.fill(new StoredBytes(column.lengths)) ? dictionary : null;
  }

  private boolean fill(StoredBytes stored) {
    int start = 0;
    for (int field = 0; field < indexes.length; field++) {
      int length = stored.count();
      int index = indexOf(start, length);
      if (index == size) {
        if (size == MAX || size > FIRST + field / 2) {
          return false;
        }
        starts[size] = start;
        lengths[size] = length;
        size++;
      }
      indexes[field] = (byte) index;
      start += RowKind.textLength(length);
    }
    return size <= indexes.length / 2;
  }

  /** The index of a field; a new one is the next. */
  private int indexOf(int start, int length) {
    int end = start + RowKind.textLength(length);
    int hash = length;
    for (int at = start; at < end; at++) {
      hash = 31 * hash + text[at];
    }
    int slot = (hash ^ hash >>> 10 ^ hash >>> 20) & (SLOTS - 1);
    while (slots[slot] != 0) {
      int index = slots[slot] - 1;
      int other = starts[index];
      if (lengths[index] == length
          && Arrays.equals(text, start, end, text, other, other + end - start)) {
        return index;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    slots[slot] = (short) (size + 1);
    return size;
  }

  /** The number of distinct fields. */
  int size() {
    return size;
  }

  /** Writes the lengths and the text of the distinct fields, and in {@code bits} the indexes. */
  void write(GrowingBytes to, Bits bits) {
    for (int i = 0; i < size; i++) {
      to.putNumber(lengths[i]);
    }
    for (int i = 0; i < size; i++) {
      to.put(text, starts[i], RowKind.textLength(lengths[i]));
    }
    bits.putIndexes(indexes, size);
  }
}
