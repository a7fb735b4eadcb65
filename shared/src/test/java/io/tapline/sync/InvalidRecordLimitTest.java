package io.tapline.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvalidRecordLimitTest {

  @ParameterizedTest
  @CsvSource({"0, 0, 0, false", "0, 1, 9, true", "5, 5, 9, false", "5, 6, 9, true"})
  void isANumber(long limit, long invalid, long read, boolean exceeded) {
    assertThat(new InvalidRecordLimit.Count(limit).isExceeded(invalid, read)).isEqualTo(exceeded);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, false",
    "0, 1, 1000, true",
    "2.5, 25, 1000, false",
    "2.5, 26, 1000, true",
    "100, 7, 7, false",
  })
  void isAShareOfTheRowsRead(double limit, long invalid, long read, boolean exceeded) {
    assertThat(new InvalidRecordLimit.Percent(limit).isExceeded(invalid, read)).isEqualTo(exceeded);
  }
}
