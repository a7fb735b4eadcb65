package io.tapline.local.chaos;

/** Random numbers that are a function of what they are drawn for. */
final class Draws {

  private Draws() {}

  /** A number from 0 up to 1, of 64 random bits. */
  static double share(long bits) {
    return (bits >>> 11) * 0x1.0p-53;
  }

  /** Bits for a text. */
  static long of(String text) {
    long bits = text.length();
    for (int i = 0; i < text.length(); i++) {
      bits = mix(bits + text.charAt(i));
    }
    return bits;
  }

  /** Spreads a number over 64 bits: the finalizer of SplitMix64. */
  static long mix(long number) {
    long z = number + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
