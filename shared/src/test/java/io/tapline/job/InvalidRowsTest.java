package io.tapline.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.record.Rejection;
import io.tapline.record.RowCheck;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class InvalidRowsTest {

  @Test
  void listsTheFirstTenThousandOfAllWhateverTheirReason() {
    InvalidRows invalid = new InvalidRows(0, List.of());
    even(20_000)
        .forEach(row -> invalid.add(new Rejection(row, Rejection.By.TAPLINE, "523", null, "…")));
    RowCheck.InvalidRows odd =
        new RowCheck.InvalidRows(
            "VALUE_TOO_LONG",
            "c",
            "…",
            30_000,
            LongStream.range(0, 10_000).map(n -> 2 * n + 1).boxed().toList());

    InvalidRows all = invalid.with(List.of(odd));

    assertThat(all.count()).isEqualTo(40_000);
    assertThat(all.first())
        .extracting(Rejection::row)
        .isEqualTo(LongStream.rangeClosed(1, 10_000).boxed().toList());
    assertThat(invalid.count()).isEqualTo(10_000);
    assertThat(invalid.first()).extracting(Rejection::row).isEqualTo(even(20_000));
  }

  private static List<Long> even(long last) {
    return LongStream.rangeClosed(1, last / 2).map(n -> 2 * n).boxed().toList();
  }
}
