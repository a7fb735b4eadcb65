package io.tapline.local.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {

  @ParameterizedTest
  @CsvSource({
    "0,             0,     '0',             0 B",
    "999,           999,   '999',           999 B",
    "9999,          9999,  '9,999',         10.0 kB",
    "10000,         10.0k, '10,000',        10.0 kB",
    "99949,         99.9k, '99,949',        99.9 kB",
    "99950,         100k,  '99,950',        100 kB",
    "999499,        999k,  '999,499',       999 kB",
    "999500,        1.00M, '999,500',       1.00 MB",
    "4560000,       4.56M, '4,560,000',     4.56 MB",
    "999999999,     1.00G, '999,999,999',   1.00 GB",
    "1000000000000, 1.00T, '1,000,000,000,000', 1.00 TB",
  })
  void tellsACount(long count, String brief, String full, String bytes) {
    assertThat(Amounts.brief(count)).isEqualTo(brief);
    assertThat(Amounts.full(count)).isEqualTo(full);
    assertThat(Amounts.bytes(count)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({"0, 0:00", "9999, 0:09", "61000, 1:01", "3599999, 59:59", "36061000, 10:01:01"})
  void tellsATime(long millis, String text) {
    assertThat(Amounts.time(Duration.ofMillis(millis))).isEqualTo(text);
  }
}
