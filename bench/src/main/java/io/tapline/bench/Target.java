package io.tapline.bench;

/**
 * What a figure is to be.
 *
 * @param most whether {@code bound} is the most that it may be, or the least
 */
record Target(double bound, boolean most) {

  static Target atMost(double bound) {
    return new Target(bound, true);
  }

  static Target atLeast(double bound) {
    return new Target(bound, false);
  }

  boolean isMetBy(double value) {
    return most ? value <= bound : value >= bound;
  }
}
