package io.tapline.chunk;

import java.util.ArrayList;
import java.util.List;

/**
 * Columns in the form in which they are stored. Of each comes a number first, the size of its
 * {@link Dictionary}; where that is not 0, the dictionary. Else come the lengths, then the text:
 * their width and {@link Places}, or 0 and the bytes as they are. What is in {@link Bits} lies
 * apart, since it can't be packed further. Not thread-safe.
 */
final class PackedColumns {

  private final List<byte[]> parts = new ArrayList<>();
  private final GrowingBytes last = new GrowingBytes();
  private final Bits bits = new Bits();

  /** Adds a column of one field at least. */
  void add(FilledColumn column) {
    Dictionary dictionary = Dictionary.of(column);
    if (dictionary != null) {
      last.putNumber(dictionary.size());
      dictionary.write(last, bits);
      return;
    }
    last.putNumber(0);
    add(column.lengths, column.hasShortLengths() ? 1 : 0);
    add(column.text, column.width);
  }

  private void add(byte[] text, int width) {
    if (width > 0 && width <= Places.MAX_WIDTH) {
      Places places = Places.of(text, width);
      // Where there are many letters, the deflater does as well.
      if (4 * places.size() < 3L * text.length) {
        last.putNumber(width);
        places.write(last, bits);
        return;
      }
    }
    last.putNumber(0);
    parts.add(last.drain());
    parts.add(text);
  }

  /** What was added, cut into pieces, but for the bits. */
  List<byte[]> parts() {
    parts.add(last.drain());
    return parts;
  }

  /** The bits of all columns. */
  byte[] bits() {
    return bits.drain();
  }
}
