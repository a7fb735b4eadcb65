package io.tapline.export;

/**
 * The bytes at which a run of plain text ends: line ends, and two more of ASCII. It looks at eight
 * bytes at once, as <a href="https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord">Bit
 * Twiddling Hacks</a> has it.
 */
final class Stops {

  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private final boolean[] stops = new boolean[256];
  private final long firstEightfold;
  private final long secondEightfold;

  Stops(int first, int second) {
    stops['\r'] = true;
    stops['\n'] = true;
    stops[first] = true;
    stops[second] = true;
    firstEightfold = first * LOW_BITS;
    secondEightfold = second * LOW_BITS;
  }

  boolean contains(byte b) {
    return stops[b & 0xFF];
  }

  /**
   * Where in eight bytes, the first one lowest, there may be a stop: 8 if none is. No byte before
   * that is one; the byte itself can also be another control character.
   */
  int firstCandidate(long eight) {
    long first = eight ^ firstEightfold;
    long second = eight ^ secondEightfold;
    // Each term has a byte's high bit if the byte is 0, or below CR + 1; a false one comes only
    // above a true one.
    long found =
        ((first - LOW_BITS) & ~first)
            | ((second - LOW_BITS) & ~second)
            | ((eight - ('\r' + 1) * LOW_BITS) & ~eight);
    return Long.numberOfTrailingZeros(found & HIGH_BITS) >>> 3;
  }
}
