package io.tapline.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

  @ParameterizedTest
  @CsvSource({"200ms, PT0.2S", "0s, PT0S", "5s, PT5S", "90m, PT1H30M", "24h, P1D", "7d, P7D"})
  void reads(String text, Duration duration) {
    assertThat(DurationText.parse(text)).contains(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "5", "s", "5 s", "-5s", "+5s", "1.5h", "5S", "5w", "1h30m", "1000000000s"})
  void refuses(String text) {
    assertThat(DurationText.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"PT0.2S, 200ms", "PT5S, 5s", "PT1M, 1m", "PT61S, 61s"})
  void writes(Duration duration, String text) {
    assertThat(DurationText.of(duration)).isEqualTo(text);
  }
}
