package io.tapline.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.ledger.Outcome;
import io.tapline.ledger.RowCounts;
import io.tapline.report.Report.Point;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimelineTest {

  private static final Instant AT = Instant.parse("2026-11-24T00:00:00Z");

  @ParameterizedTest(name = "one each {1} s, for {0} s: stretches of {2} s")
  @CsvSource({
    "0, 1, 1",
    "119, 1, 1",
    "120, 1, 2",
    "239, 7, 2",
    "720, 1, 7",
    "726, 1, 7",
    "86400, 60, 721",
  })
  void tellsTheLengthOfItsStretches(int seconds, int each, long expected) {
    Timeline timeline = new Timeline();
    for (int second = 0; second <= seconds; second += each) {
      Instant at = AT.plusSeconds(second);
      RowCounts rows = new RowCounts(1, 1, 0, 0, 0, 0, 0);
      timeline.add(new Outcome(0, 0, rows, List.of(), List.of(), 0, 1, 0, 0, at, at, null));
    }

    List<Point> points = timeline.points();

    assertThat(points).hasSizeLessThanOrEqualTo(120);
    assertThat(Timeline.stretch(points)).isEqualTo(expected);
    assertThat(points.stream().mapToLong(Point::rows).sum()).isEqualTo(seconds / each + 1);
  }
}
