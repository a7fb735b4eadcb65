package io.tapline.clevertap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "the first wait,                    1,  200",
    "doubled,                           2,  400",
    "and again,                         3,  800",
    "the last below the cap,            5, 3200",
    "capped,                            6, 5000",
    "after more tries than any setting, 99, 5000",
  })
  void waitsBetweenNothingAndTheBound(String rule, int tries, long bound) {
    Backoff backoff =
        new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5), new SplittableRandom(1));

    List<Long> delays =
        Stream.generate(() -> backoff.delay(tries).toMillis()).limit(2000).sorted().toList();

    assertThat(delays).as(rule).allMatch(delay -> delay >= 0 && delay <= bound);
    assertThat(delays.getFirst()).as("full jitter").isLessThan(bound / 50);
    assertThat(delays.getLast()).as("full jitter").isGreaterThan(bound * 49 / 50);
  }

  @ParameterizedTest(name = "first {0} ms")
  @CsvSource({"0", "1"})
  void takesTheSmallestSettings(long first) {
    Backoff backoff =
        new Backoff(Duration.ofMillis(first), Duration.ofMillis(first), new SplittableRandom(1));

    assertThat(backoff.delay(1)).isBetween(Duration.ZERO, Duration.ofMillis(first));
  }
}
