package io.tapline.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The JSON of one record, in a buffer that the next one uses again. A value goes from a row's bytes
 * to here in one pass; with Jackson's generator a row of 20 columns took 140 ns longer. It puts
 * commas between fields; that the rest is well-formed is up to who writes. Not thread-safe.
 */
final class RecordJson {

  /** Eight bytes of a byte array, the first one lowest. */
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  /** Room behind what is written: for a comma, quotes, a date, and for eight bytes at once. */
  private static final int SLACK = 32;

  private static final byte[] DATE = bytes("\"$D_");

  private static final byte[][] ESCAPES = escapes();

  private byte[] bytes;
  private int length;

  /**
   * An empty record.
   *
   * @param capacity in bytes; it grows
   */
  RecordJson(int capacity) {
    bytes = new byte[capacity + SLACK];
  }

  /** <a href="https://www.rfc-editor.org/rfc/rfc8259#section-7">What a string may not hold.</a> */
  private static byte[][] escapes() {
    byte[][] escapes = new byte[256][];
    for (int c = 0; c < ' '; c++) {
      escapes[c] = bytes("\\u%04X".formatted(c));
    }
    escapes['\b'] = bytes("\\b");
    escapes['\t'] = bytes("\\t");
    escapes['\n'] = bytes("\\n");
    escapes['\f'] = bytes("\\f");
    escapes['\r'] = bytes("\\r");
    escapes['"'] = bytes("\\\"");
    escapes['\\'] = bytes("\\\\");
    return escapes;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Begins anew. */
  void clear() {
    length = 0;
  }

  /** A copy of what was written. */
  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  void startObject() {
    append('{');
  }

  void endObject() {
    append('}');
  }

  void startArray() {
    append('[');
  }

  void endArray() {
    append(']');
  }

  /** Writes a field's name; its value comes next. */
  void key(JsonKey key) {
    byte[] name = key.bytes();
    makeRoom(name.length);
    separate();
    copy(name, 0, name.length);
  }

  void key(String name) {
    separate();
    string(name);
    append(':');
  }

  void field(String name, String value) {
    key(name);
    string(value);
  }

  /** Writes ASCII as it is: a number or a literal. */
  @SuppressWarnings("deprecation") // getBytes takes the low bytes of characters: right for ASCII
  void value(String ascii) {
    makeRoom(ascii.length());
    ascii.getBytes(0, ascii.length(), bytes, length);
    length += ascii.length();
  }

  /** Writes bytes as they are: a value that is JSON already. */
  void value(byte[] json, int from, int to) {
    makeRoom(to - from);
    copy(json, from, to);
  }

  void number(long value) {
    makeRoom(0);
    digits(value);
  }

  /** Writes a point in time as CleverTap takes it in a property. */
  void date(long epochSeconds) {
    makeRoom(0);
    copy(DATE, 0, DATE.length);
    digits(epochSeconds);
    bytes[length++] = '"';
  }

  /** Writes a number of at most 18 digits. */
  private void digits(long value) {
    long rest = Math.abs(value);
    if (value < 0) {
      bytes[length++] = '-';
    }
    int at = length + 1;
    for (long bound = 10; rest >= bound; bound *= 10) {
      at++;
    }
    length = at;
    for (; rest >= 10; rest /= 100) { // by two: half as many divisions that wait for each other
      int two = (int) (rest % 100);
      bytes[--at] = (byte) ('0' + two % 10);
      bytes[--at] = (byte) ('0' + two / 10);
    }
    if (rest > 0 || at == length) {
      bytes[--at] = (byte) ('0' + rest);
    }
  }

  void string(String text) {
    byte[] utf8 = bytes(text);
    string(utf8, 0, utf8.length);
  }

  /** Writes valid UTF-8 as a string. */
  void string(byte[] utf8, int from, int to) {
    makeRoom(to - from);
    bytes[length++] = '"';
    int at = from;
    while (at < to) {
      at = plain(utf8, at, to);
      if (at < to) {
        byte[] escape = ESCAPES[utf8[at++] & 0xFF];
        makeRoom(to - at + escape.length);
        copy(escape, 0, escape.length);
      }
    }
    bytes[length++] = '"';
  }

  /** Copies up to the first byte that a string may not hold, and returns where that is. */
  private int plain(byte[] utf8, int from, int to) {
    int at = from;
    // All eight are copied, and as many kept as belong to it: quicker than to look first. Fields
    // are short, so what lies behind one is copied, too.
    while (at < to) {
      long eight = eight(utf8, at);
      LONG.set(bytes, length, eight);
      int count = Math.min(firstEscaped(eight), to - at);
      at += count;
      length += count;
      if (count < Long.BYTES) {
        return at;
      }
    }
    return at;
  }

  /** The eight bytes from an index on, the first one lowest; zeros behind the last one. */
  static long eight(byte[] bytes, int from) {
    if (from <= bytes.length - Long.BYTES) {
      return (long) LONG.get(bytes, from);
    }
    long eight = 0;
    for (int at = bytes.length - 1; at >= from; at--) {
      eight = (eight << Byte.SIZE) | (bytes[at] & 0xFF);
    }
    return eight;
  }

  /** Whether a string holds this byte of UTF-8 as it is. */
  static boolean isPlain(byte b) {
    return ESCAPES[b & 0xFF] == null;
  }

  /**
   * Where in eight bytes, the first one lowest, there is one to be escaped: 8 if none is. See <a
   * href="https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord">Bit Twiddling Hacks</a>.
   */
  private static int firstEscaped(long eight) {
    long quote = eight ^ ('"' * LOW_BITS);
    long backslash = eight ^ ('\\' * LOW_BITS);
    // Each term has a byte's high bit if the byte is one; a false one comes only above a true one.
    long found =
        ((quote - LOW_BITS) & ~quote)
            | ((backslash - LOW_BITS) & ~backslash)
            | ((eight - ' ' * LOW_BITS) & ~eight);
    return Long.numberOfTrailingZeros(found & HIGH_BITS) >>> 3;
  }

  private void append(char ascii) {
    makeRoom(1);
    bytes[length++] = (byte) ascii;
  }

  private void copy(byte[] source, int from, int to) {
    System.arraycopy(source, from, bytes, length, to - from);
    length += to - from;
  }

  /** Puts a comma behind what is no beginning: for a field, or the next element of an array. */
  void separate() {
    if (length > 0) {
      byte last = bytes[length - 1];
      if (last != '{' && last != '[') {
        append(',');
      }
    }
  }

  private void makeRoom(int count) {
    if (length + count > bytes.length - SLACK) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count + SLACK));
    }
  }
}
