package io.tapline.local.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BarTest {

  private static final List<String> FIGURES = List.of("12,345 of 20,000 rows", "12.3k rows");

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "nothing yet                     | 0     | 20000 | 50 | pushing   0% [>            ] 12,345"
            + " of 20,000 rows",
        "half of it                      | 10000 | 20000 | 50 | pushing  50% [======>      ] 12,345"
            + " of 20,000 rows",
        "99.99 % is not all              | 19998 | 20000 | 50 | pushing  99% [============>] 12,345"
            + " of 20,000 rows",
        "all of it                       | 20000 | 20000 | 50 | pushing 100% [=============] 12,345"
            + " of 20,000 rows",
        "more than was foretold          | 20001 | 20000 | 50 | pushing 100% [=============] 12,345"
            + " of 20,000 rows",
        "a total that nobody knows       | 5     | 0     | 50 | pushing   0% [>            ] 12,345"
            + " of 20,000 rows",
        "too narrow for the full figures | 10000 | 20000 | 40 | pushing  50% [=======>      ] 12.3k"
            + " rows",
        "too narrow for a bar            | 10000 | 20000 | 25 | pushing  50% 12.3k rows",
        "too narrow for anything         | 10000 | 20000 | 16 | pushing  50% 12.",
        "wide: a bar has 40 at most      | 10000 | 20000 | 99 | pushing  50% [====================>"
            + "                   ] 12,345 of 20,000 rows",
      })
  void draws(String rule, long done, long total, int width, String line) {
    assertThat(Bar.of(new Look("pushing", done, total, FIGURES), width)).isEqualTo(line);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 12, 20, 33, 40, 60, 77, 80, 120, 300})
  void isNeverWiderThanItMayBe(int width) {
    for (int done = 0; done <= 1000; done++) {
      Look look = new Look("pushing", done, 1000, FIGURES);

      assertThat(Bar.of(look, width).length()).isLessThanOrEqualTo(width);
    }
  }

  @Test
  void isEmptyWhereThereIsNoRoom() {
    assertThat(Bar.of(new Look("pushing", 1, 2, FIGURES), -2)).isEmpty();
  }
}
