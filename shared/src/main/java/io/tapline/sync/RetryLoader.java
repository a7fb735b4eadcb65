package io.tapline.sync;

import java.time.Duration;
import java.util.List;

/** Loads the {@code retry} of a sync. */
final class RetryLoader {

  static final List<String> KEYS = List.of("attempts", "firstDelay", "maxDelay", "callTimeout");

  // All tries of a call must fit into one invocation.
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);
  private static final Duration SHORTEST_CALL = Duration.ofSeconds(1);

  private RetryLoader() {}

  /** Problems go where those of {@code retry} go; past one, the result only serves to find more. */
  static RetrySettings load(SettingsObject retry) {
    retry.allowOnly(KEYS);
    int attempts = retry.integer("attempts", 1, 10, 3);
    Duration first = delay(retry, "firstDelay", Duration.ofMillis(200));
    Duration max = delay(retry, "maxDelay", Duration.ofSeconds(5));
    if (max.compareTo(first) < 0) {
      retry.refuseIfPresent("maxDelay", "at least firstDelay, " + DurationText.of(first));
      if (!retry.has("maxDelay")) {
        retry.refuseIfPresent("firstDelay", "at most maxDelay, " + DurationText.of(max));
      }
    }
    Duration callTimeout =
        retry
            .duration(
                "callTimeout",
                timeout ->
                    timeout.compareTo(SHORTEST_CALL) >= 0
                        && timeout.compareTo(RetrySettings.LONGEST_CALL) <= 0,
                "a duration from \"1s\" to \"1m\"")
            .orElse(Duration.ofSeconds(30));
    return new RetrySettings(attempts, first, max, callTimeout);
  }

  private static Duration delay(SettingsObject retry, String key, Duration otherwise) {
    return retry
        .duration(
            key,
            delay -> delay.isPositive() && delay.compareTo(LONGEST_DELAY) <= 0,
            "a duration from \"1ms\" to \"1m\"")
        .orElse(otherwise);
  }
}
