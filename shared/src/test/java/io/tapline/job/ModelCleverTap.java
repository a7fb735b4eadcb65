package io.tapline.job;

import io.tapline.clevertap.CleverTapApi;
import io.tapline.clevertap.Reply;
import io.tapline.clevertap.ScriptedApi;
import io.tapline.sync.Connection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A CleverTap that behaves badly by chance, from a seed, and remembers what it took. Its records
 * are those of {@link Chunks}.
 */
final class ModelCleverTap implements CleverTapApi {

  private final Random random;
  private final int refused;
  private final int malformed;
  private final int lost;
  private final Map<String, Integer> taken = new HashMap<>();
  private final Map<Character, String> lastWord = new HashMap<>();

  /**
   * A model.
   *
   * @param refused of a hundred records so many are bad
   * @param malformed of a thousand records so many spoil their whole call
   * @param lost of a hundred calls the answers of so many get lost
   */
  ModelCleverTap(long seed, int refused, int malformed, int lost) {
    this.random = new Random(seed);
    this.refused = refused;
    this.malformed = malformed;
    this.lost = lost;
  }

  /** How often a record was taken. */
  int taken(String record) {
    return taken.getOrDefault(record, 0);
  }

  /** The record of a user that it took last; null when it took none. */
  String lastWord(char user) {
    return lastWord.get(user);
  }

  boolean isBad(String record) {
    return Math.floorMod(record.hashCode() * 31, 100) < refused;
  }

  private boolean isMalformed(String record) {
    return Math.floorMod(record.hashCode() * 17, 1000) < malformed;
  }

  @Override
  public Reply post(Connection connection, String path, byte[] json, Duration timeout) {
    Reply reply = answer(json);
    return random.nextInt(100) < lost ? new Reply.Lost("reset") : reply;
  }

  private Reply answer(byte[] json) {
    String body = new String(json, StandardCharsets.UTF_8);
    String[] records = body.substring(7, body.length() - 3).split("\",\"");
    int chance = random.nextInt(100);
    if (chance < 5) {
      return ScriptedApi.answer(429, "");
    }
    if (chance < 8 && records.length > 1) {
      return ScriptedApi.answer(413, "");
    }
    if (List.of(records).stream().anyMatch(this::isMalformed)) {
      return ScriptedApi.answer(400, "{\"status\":\"fail\",\"code\":400}");
    }
    List<String> unprocessed = new ArrayList<>();
    int processed = 0;
    for (int i = 0; i < records.length; i++) {
      boolean serverError = random.nextInt(100) < 4;
      if (serverError || isBad(records[i])) {
        unprocessed.add(
            "{\"code\":%d,\"error\":\"Skipped record number : %d\"}"
                .formatted(serverError ? 555 : 515, i + 1));
      } else {
        processed++;
        taken.merge(records[i], 1, Integer::sum);
        lastWord.put(records[i].charAt(0), records[i]);
      }
    }
    Collections.shuffle(unprocessed, random);
    if (random.nextInt(100) < 10) {
      processed++;
    }
    return ScriptedApi.answer(
        200,
        "{\"status\":\"partial\",\"processed\":%d,\"unprocessed\":[%s]}"
            .formatted(processed, String.join(",", unprocessed)));
  }
}
