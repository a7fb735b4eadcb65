package io.tapline.export;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Whether bytes are UTF-8 as <a href="https://www.rfc-editor.org/rfc/rfc3629">RFC 3629</a> has it:
 * no overlong forms, no surrogates, nothing beyond U+10FFFF. The JDK's own decoders say no more
 * than "malformed" after decoding all of it.
 */
final class Utf8 {

  /** Eight bytes at an index of a byte array, the first one lowest. */
  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8() {}

  /** Whether the bytes are ASCII without a NUL. */
  static boolean isPlainAscii(byte[] bytes, int from, int to) {
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long eight = (long) LONG.get(bytes, at);
      // Taking 1 from a 0 borrows, which sets that byte's high bit.
      if (((eight | (eight - LOW_BITS)) & HIGH_BITS) != 0) {
        return false;
      }
    }
    for (; at < to; at++) {
      if (bytes[at] <= 0) {
        return false;
      }
    }
    return true;
  }

  static boolean isValid(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (at <= to - Long.BYTES) {
        // Up to eight of ASCII at once: most of what is not ASCII is a letter among many that are.
        long high = (long) LONG.get(bytes, at) & HIGH_BITS;
        if (high == 0) {
          at += Long.BYTES; // the next eight need not wait for what these are
          continue;
        }
        at += Long.numberOfTrailingZeros(high) >>> 3;
      }
      int lead = bytes[at];
      if (lead >= 0) {
        at++;
        continue;
      }
      int length = sequenceLength(lead & 0xFF);
      if (length == 0 || length > to - at || !isSequence(bytes, at, length)) {
        return false;
      }
      at += length;
    }
    return true;
  }

  static boolean hasNul(byte[] bytes, int from, int to) {
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long eight = (long) LONG.get(bytes, at);
      if (((eight - LOW_BITS) & ~eight & HIGH_BITS) != 0) {
        return true;
      }
    }
    for (; at < to; at++) {
      if (bytes[at] == 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether the byte can only stand inside a character, not begin one. */
  static boolean isContinuation(int b) {
    return (b & 0xC0) == 0x80;
  }

  /** How many bytes a character has that begins with this one; 0 if none does. */
  private static int sequenceLength(int lead) {
    if (lead < 0xC2) { // a continuation, or a lead that could only begin an overlong form
      return 0;
    }
    if (lead < 0xE0) {
      return 2;
    }
    if (lead < 0xF0) {
      return 3;
    }
    return lead <= 0xF4 ? 4 : 0;
  }

  private static boolean isSequence(byte[] bytes, int at, int length) {
    for (int i = 1; i < length; i++) {
      if (!isContinuation(bytes[at + i])) {
        return false;
      }
    }
    int second = bytes[at + 1] & 0xFF;
    return switch (bytes[at] & 0xFF) {
      case 0xE0 -> second >= 0xA0; // below: overlong
      case 0xED -> second < 0xA0; // from there: surrogates
      case 0xF0 -> second >= 0x90; // below: overlong
      case 0xF4 -> second < 0x90; // from there: beyond U+10FFFF
      default -> true;
    };
  }
}
