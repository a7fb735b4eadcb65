package io.tapline.bench.cold;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call that {@link SameCallsHandler} makes. It needs nothing but the JDK: nothing else of the
 * benchmarks is there.
 *
 * @param name service and operation, such as {@code S3 GetObject}
 * @param status of the answer that it is to get
 */
record Call(String name, int status, Map<String, String> fields) {

  /** Reads {@link #toLine()} back. */
  static Call parse(String line) {
    String[] parts = line.split("\t", -1);
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 2; i < parts.length; i++) {
      String[] field = parts[i].split("=", 2);
      fields.put(field[0], field[1]);
    }
    return new Call(parts[0], Integer.parseInt(parts[1]), fields);
  }

  /** As a line of text. */
  String toLine() {
    StringBuilder line = new StringBuilder(name).append('\t').append(status);
    fields.forEach((field, value) -> line.append('\t').append(field).append('=').append(value));
    return line.toString();
  }

  /** A field of the request; null when it is not set. */
  @Nullable String get(String field) {
    return fields.get(field);
  }

  /** A key that is answered in the same way once more, and where no function looks. */
  String key() {
    String key = String.valueOf(get("Key"));
    if (status == 404) {
      return key + ".missing";
    }
    return name.equals("S3 PutObject") ? "same-calls/%d/%s".formatted(System.nanoTime(), key) : key;
  }
}
