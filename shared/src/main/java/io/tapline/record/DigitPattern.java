package io.tapline.record;

import java.nio.charset.StandardCharsets;

/**
 * What eight characters of a text look like: where decimal digits stand and what stands elsewhere.
 * They are looked at together, as one number whose lowest byte is the first of them.
 *
 * @param zeros the characters with a 0 in place of each digit
 * @param limits for each byte what makes its highest bit 1 when added to more than may be there
 */
record DigitPattern(long zeros, long limits) {

  /** The characters are others. */
  static final long NONE = -1;

  private static final long HIGH_BITS = 0x8080808080808080L;

  /**
   * A pattern.
   *
   * @param text eight characters of ASCII; each 0 stands for any digit
   */
  static DigitPattern of(String text) {
    long zeros = RecordJson.eight(text.getBytes(StandardCharsets.US_ASCII), 0);
    long limits = 0;
    for (int i = text.length() - 1; i >= 0; i--) {
      limits = (limits << Byte.SIZE) | (text.charAt(i) == '0' ? 0x7F - 9 : 0x7F);
    }
    return new DigitPattern(zeros, limits);
  }

  /** The digits of eight characters, each in its byte, with 0 in the others; or {@link #NONE}. */
  long digits(long eight) {
    long digits = eight ^ zeros;
    return ((digits | (digits + limits)) & HIGH_BITS) == 0 ? digits : NONE;
  }

  /** The number that two digits are, one behind the other from an index on. */
  static int two(long digits, int index) {
    long two = digits >>> (index * Byte.SIZE);
    return (int) ((two & 0xF) * 10 + ((two >>> Byte.SIZE) & 0xF));
  }
}
