package io.tapline.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.ledger.OpenRows.State;
import io.tapline.report.Report.Warning;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenWarningTest {

  /** CleverTap's words may hold anything, also what ends a sentence of ours. */
  private static final String REASON = "HTTP 400: x (code 400); the first are 7";

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400      | FAILED   | 2 rows are failed (code 400); the first are 1, 2   | true
          503      | UNKNOWN  | 2 rows are unknown (code 503); the first are 1, 2  | true
          555      | NOT_SENT | 2 rows are not sent (code 555); the first are 1, 2 | true
          HTTP_400 | FAILED   | 2 rows are failed (code HTTP_400): %s; the first are 1, 2 | false
          OVER     | NOT_SENT | 2 rows are not sent (code OVER): %s; the first are 1, 2   | false
          """)
  void keepsApartWhatCleverTapAnswered(String code, State state, String message, boolean isAnswer) {
    String answer = isAnswer ? REASON : null;

    assertThat(OpenWarning.of("2 rows", state, code, REASON, "; the first are 1, 2"))
        .isEqualTo(new Warning("ROWS_" + state, message.replace("%s", REASON), answer));
  }
}
