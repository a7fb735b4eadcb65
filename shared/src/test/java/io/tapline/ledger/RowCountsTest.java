package io.tapline.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowCountsTest {

  @ParameterizedTest
  @CsvSource({
    "0,  0, 0, 0, 0, 0, 0, true,  no rows",
    "21, 1, 2, 3, 4, 5, 6, true,  each row once",
    "22, 1, 2, 3, 4, 5, 6, false, a row is lost",
    "20, 1, 2, 3, 4, 5, 6, false, a row counts twice",
  })
  void addUpWhenEveryRowIsOneOfTheOthers(
      long read,
      long accepted,
      long rejected,
      long refused,
      long failed,
      long unknown,
      long notSent,
      boolean addUp,
      String rule) {
    RowCounts rows = new RowCounts(read, accepted, rejected, refused, failed, unknown, notSent);

    assertThat(rows.addUp()).as(rule).isEqualTo(addUp);
    assertThat(rows.plus(rows).addUp()).as(rule).isEqualTo(addUp);
  }

  @Test
  void areAddedOneByOne() {
    RowCounts rows = new RowCounts(1, 2, 3, 4, 5, 6, 7);

    assertThat(rows.plus(new RowCounts(10, 20, 30, 40, 50, 60, 70)))
        .isEqualTo(new RowCounts(11, 22, 33, 44, 55, 66, 77));
    assertThat(rows.plus(RowCounts.NONE)).isEqualTo(rows);
  }
}
