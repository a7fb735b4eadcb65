package io.tapline.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * What the stand-in has seen so far. Immutable.
 *
 * @param callsByStatus how many calls were answered with each HTTP status
 * @param resets how many calls were answered with a reset of the connection
 * @param silences how many calls were left without an answer
 * @param callsByPath all calls, by path; those that went to S3 are at {@code /stand-in-s3}
 * @param maxConcurrency the most calls that were there at once, those over the limit included, by
 *     path; {@code /1/upload} is one path for profiles, events and tokens
 * @param accepted records stored, also those whose reply was lost
 * @param refused records refused, by code
 * @param digest the sum of {@link #digest(JsonNode)} over the accepted records: two runs that
 *     deliver the same records have the same one, whatever their order and calls
 */
public record StandInStats(
    Map<Integer, Long> callsByStatus,
    long resets,
    long silences,
    Map<String, Long> callsByPath,
    Map<String, Integer> maxConcurrency,
    Map<RecordKind, Long> accepted,
    Map<Integer, Long> refused,
    long digest) {

  public StandInStats {
    callsByStatus = Map.copyOf(callsByStatus);
    callsByPath = Map.copyOf(callsByPath);
    maxConcurrency = Map.copyOf(maxConcurrency);
    accepted = Map.copyOf(accepted);
    refused = Map.copyOf(refused);
  }

  /** All calls, those without a reply included. */
  public long calls() {
    return resets + silences + callsByStatus.values().stream().mapToLong(Long::longValue).sum();
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
