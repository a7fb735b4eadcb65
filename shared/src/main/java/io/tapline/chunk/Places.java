package io.tapline.chunk;

import java.util.Arrays;
import java.util.Objects;

/**
 * Texts of one width, place by place: of each place the letters, which are the bytes that occur
 * there, and in {@link Bits} which of them each text has. Of a time of 27 bytes, which are digits
 * where they are not always the same, no more than 5 are left so.
 */
final class Places {

  /** As wide as a SHA-256 in hex. */
  static final int MAX_WIDTH = 64;

  private static final int BYTES = 1 << Byte.SIZE;

  private final byte[] text;
  private final byte[][] letters;

  /** Of each place, which letter a byte is. */
  private final byte[][] codes;

  private Places(byte[] text, int width) {
    this.text = text;
    this.letters = new byte[width][];
    this.codes = new byte[width][BYTES];
  }

  /** Finds the letters of texts that lie end to end and have so many bytes each. */
  static Places of(byte[] text, int width) {
    Places places = new Places(text, width);
    for (int place = 0; place < width; place++) {
      places.letters[place] = places.findLetters(place);
    }
    return places;
  }

  private byte[] findLetters(int place) {
    int width = letters.length;
    boolean[] occurs = new boolean[BYTES];
    for (int at = place; at < text.length; at += width) {
      occurs[text[at] & 0xFF] = true;
    }
    byte[] found = new byte[BYTES];
    int count = 0;
    for (int letter = 0; letter < BYTES; letter++) {
      if (occurs[letter]) {
        codes[place][letter] = (byte) count;
        found[count++] = (byte) letter;
      }
    }
    return Arrays.copyOf(found, count);
  }

  /** The bytes that they take. */
  long size() {
    int texts = text.length / letters.length;
    long size = 0;
    for (byte[] place : letters) {
      size += 1 + place.length + Bits.size(texts, Bits.width(place.length));
    }
    return size;
  }

  /** Writes the number and the letters of each place, and in {@code bits} the texts. */
  void write(GrowingBytes to, Bits bits) {
    for (byte[] place : letters) {
      to.putNumber(place.length);
      to.put(place, 0, place.length);
    }
    for (int place = 0; place < letters.length; place++) {
      bits.put(text, place, letters.length, codes[place], Bits.width(letters[place].length));
    }
  }

  /**
   * Reads texts back, end to end.
   *
   * @param texts their number
   * @throws IndexOutOfBoundsException when there is less than they need
   */
  static byte[] read(StoredBytes stored, StoredBits bits, int texts, int width) {
    byte[][] letters = new byte[Objects.checkIndex(width, MAX_WIDTH + 1)][];
    byte[] first = new byte[width];
    for (int place = 0; place < width; place++) {
      letters[place] = stored.take(stored.count());
      first[place] = letters[place][0];
    }
    byte[] text = new byte[Math.multiplyExact(texts, width)];
    for (int at = 0; at < text.length; at += width) {
      System.arraycopy(first, 0, text, at, width);
    }
    for (int place = 0; place < width; place++) {
      if (letters[place].length > 1) {
        bits.take(text, place, width, letters[place]);
      }
    }
    return text;
  }
}
