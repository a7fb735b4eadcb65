package io.tapline.local.standin;

import io.tapline.local.standin.Faults.RecordRule;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Refuses valid records as {@link Faults} say, and remembers how often. Safe for several threads.
 */
final class RecordFaults {

  private final Api api;
  private final Faults faults;

  /** How often a record was refused so far, by digest; only those that are not accepted yet. */
  private final ConcurrentHashMap<Long, Integer> refused = new ConcurrentHashMap<>();

  RecordFaults(Api api, Faults faults) {
    this.api = api;
    this.faults = faults;
  }

  /**
   * @param number the record's place in its call; 1 is the first
   */
  @Nullable Refusal strike(int number, long digest) {
    RecordRule fault = faults.ofRecord(api, number, digest).orElse(null);
    if (fault == null) {
      return null;
    }
    if (fault.times() == Integer.MAX_VALUE) {
      return Refusal.of(fault.code(), "Record refused");
    }
    Integer times =
        refused.compute(
            digest,
            (key, before) -> {
              int next = before == null ? 1 : before + 1;
              return next > fault.times() ? null : Integer.valueOf(next);
            });
    return times == null ? null : Refusal.of(fault.code(), "Server error, try again");
  }
}
