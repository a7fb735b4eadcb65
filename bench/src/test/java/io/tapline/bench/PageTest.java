package io.tapline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page and the terminal show of figures. */
class PageTest {

  @Test
  void replacesTheFiguresOfOneSection() {
    String page =
        """
        Prose.
        <!-- figures: a -->
        old
        <!-- end -->
        More.
        <!-- figures: b -->
        <!-- end -->
        """;

    assertThat(Page.put(page, "A", "new\n"))
        .isEqualTo(
            """
            Prose.
            <!-- figures: a -->

            new

            <!-- end -->
            More.
            <!-- figures: b -->
            <!-- end -->
            """);
    assertThatThrownBy(() -> Page.put(page, "c", "new"))
        .hasMessageContaining("<!-- figures: c -->");
  }

  @ParameterizedTest(name = "{0} under a bound of {1}")
  @CsvSource({"2.5, 2.5, yes", "2.6, 2.5, no", "2.4, 2.5, yes"})
  void tellsWhetherATargetIsMet(double value, double bound, String met) {
    Line line = Line.of("time", List.of(value), "%.1f", Target.atMost(bound));

    assertThat(line.cells()).endsWith("at most " + bound, met);
  }

  @Test
  void tellsMedianOfHowManyRunsLeastAndMost() {
    Section section =
        new Section("Rates", List.of(Line.of("rows", List.of(4.0, 1.0, 3.0, 2.0), "%.1f")));

    assertThat(section.toMarkdown())
        .isEqualTo(
            """
            |  | median | runs | least to most | target | met |
            |---|---|---|---|---|---|
            | rows | 2.5 | 4 | 1.0 to 4.0 |  |  |
            """);
    assertThat(section.toText()).startsWith("Rates\n  rows");
  }
}
