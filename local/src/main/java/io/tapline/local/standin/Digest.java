package io.tapline.local.standin;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A number that stands for a record's content, the same in every JVM and whatever the order of its
 * keys.
 */
final class Digest {

  private Digest() {}

  static long of(JsonNode record) {
    return mix(record.hashCode());
  }

  /** Spreads a number over 64 bits: the finalizer of SplitMix64. */
  static long mix(long number) {
    long z = number + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
