package io.tapline.local.standin;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What is to be known of a property by its name alone. An account has few names and its records
 * repeat them, so it is worked out once for each, for the first thousand or so. Thread-safe.
 */
final class Names<T> {

  private static final int MOST = 1000;

  /** Longer names are against the rules, and are not kept. */
  private static final int MOST_CHARACTERS = PropertyCheck.MAX_NAME_BYTES;

  private final ConcurrentHashMap<String, T> known = new ConcurrentHashMap<>();
  private final Function<String, T> look;

  /**
   * @param look depends on the name alone
   */
  Names(Function<String, T> look) {
    this.look = look;
  }

  T of(String name) {
    T kept = known.get(name);
    if (kept != null) {
      return kept;
    }
    T fresh = look.apply(name);
    if (known.size() < MOST && name.length() <= MOST_CHARACTERS) {
      known.put(name, fresh);
    }
    return fresh;
  }
}
