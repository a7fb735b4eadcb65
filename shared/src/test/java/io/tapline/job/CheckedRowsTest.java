package io.tapline.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.ledger.RowRange;
import io.tapline.record.Mapped;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckedRowsTest {

  /** A chunk of these rows, of which all but 17 and 23 can be sent. */
  private static final List<Long> NUMBERS = List.of(3L, 8L, 9L, 17L, 18L, 23L, 40L, 41L);

  private final CheckedRows rows =
      new CheckedRows(
          NUMBERS,
          NUMBERS.stream()
              .filter(row -> row != 17 && row != 23)
              .map(row -> new Mapped(row, "u" + row, new byte[0]))
              .toList(),
          List.of(),
          Set.of());

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "all; a range ends before a row that is not sent, 0 1 2 3 4 5, 3-9 18-18 40-41",
    "one,                                             2,           9-9",
    "neighbours in the chunk need not be in the export, 0 1,       3-8",
    "not neighbours,                                  0 2 5,       3-3 9-9 41-41",
    "none,                                            '',          ''",
  })
  void namesRecordsByTheRowsOfTheChunk(String rule, String records, String ranges) {
    List<Integer> some =
        records.isEmpty()
            ? List.of()
            : Arrays.stream(records.split(" ")).map(Integer::valueOf).toList();

    List<RowRange> named = rows.ranges(some);

    assertThat(
            named.stream()
                .map(range -> range.first() + "-" + range.last())
                .collect(Collectors.joining(" ")))
        .isEqualTo(ranges);
    assertThat(rows.records(named)).isEqualTo(some);
  }

  @Test
  void aRowThatIsNotSentHasNoRecord() {
    assertThat(rows.record(18)).hasValue(3);
    assertThat(rows.record(17)).isEmpty();
  }
}
