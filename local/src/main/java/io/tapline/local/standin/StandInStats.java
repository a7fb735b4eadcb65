package io.tapline.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * What the stand-in has seen so far. Immutable.
 *
 * @param callsByStatus how many calls were answered with each HTTP status
 * @param resets how many calls were answered with a reset of the connection
 * @param maxConcurrency the most calls that were there at once, those over the limit included, by
 *     path
 * @param accepted records stored, also those whose reply was lost
 * @param refused records refused, by code
 * @param digest the sum of {@link #digest(JsonNode)} over the accepted records: two runs that
 *     deliver the same records have the same one, whatever their order and calls
 */
public record StandInStats(
    Map<Integer, Long> callsByStatus,
    long resets,
    Map<String, Integer> maxConcurrency,
    Map<RecordKind, Long> accepted,
    Map<Integer, Long> refused,
    long digest) {

  public StandInStats {
    callsByStatus = Map.copyOf(callsByStatus);
    maxConcurrency = Map.copyOf(maxConcurrency);
    accepted = Map.copyOf(accepted);
    refused = Map.copyOf(refused);
  }

  /** All calls that were answered, with a reply or a reset. */
  public long calls() {
    return resets + callsByStatus.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Records of this kind that were stored. */
  public long accepted(RecordKind kind) {
    return accepted.getOrDefault(kind, 0L);
  }

  /** A record's part of {@link #digest()}; the order of its keys does not matter. */
  public static long digest(JsonNode record) {
    return Digest.of(record);
  }
}
