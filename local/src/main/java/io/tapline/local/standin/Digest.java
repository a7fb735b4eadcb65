package io.tapline.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * A number that stands for a record's content, the same in every JVM and whatever the order of its
 * keys. Jackson's own hash codes do not do: an object's is a sum, so that records which differ in
 * two values often share one.
 */
final class Digest {

  private static final long FNV_PRIME = 0x100000001B3L;

  private static final Map<JsonNodeType, Long> TYPES = new EnumMap<>(JsonNodeType.class);

  static {
    for (JsonNodeType type : JsonNodeType.values()) {
      TYPES.put(type, ofText(type.name()));
    }
  }

  private static final Names<Long> KEYS = new Names<>(Digest::ofText);

  private Digest() {}

  static long of(JsonNode value) {
    long digest = Objects.requireNonNull(TYPES.get(value.getNodeType()));
    if (value.isObject()) {
      for (Map.Entry<String, JsonNode> property : value.properties()) {
        digest += mix(KEYS.of(property.getKey()) ^ of(property.getValue()));
      }
    } else if (value.isArray()) {
      for (JsonNode item : value) {
        digest = mix(digest) + of(item);
      }
    } else {
      digest += ofText(value.asText());
    }
    return mix(digest);
  }

  private static long ofText(String text) {
    long digest = text.length();
    for (int i = 0; i < text.length(); i++) {
      digest = (digest ^ text.charAt(i)) * FNV_PRIME;
    }
    return digest;
  }

  /** Spreads a number over 64 bits: the finalizer of SplitMix64. */
  static long mix(long number) {
    long z = number + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
