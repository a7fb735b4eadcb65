package io.tapline.report;

import io.tapline.ledger.OpenRows;
import io.tapline.report.Report.Warning;
import java.util.Locale;
import java.util.regex.Pattern;

/** Says that rows are left open, and why. */
final class OpenWarning {

  /**
   * A number is CleverTap's or HTTP's, and the reason is what CleverTap answered. Codes of ours
   * have reasons of ours, or an answer to a call about a whole list, which holds no row to be
   * quoted.
   */
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  private OpenWarning() {}

  /**
   * The warning.
   *
   * @param rows which, such as {@code 12 rows}
   * @param code as in {@link OpenRows}
   * @param reason as in {@link OpenRows}
   * @param end of the message, with what separates it; may be empty
   */
  static Warning of(String rows, OpenRows.State state, String code, String reason, String end) {
    boolean isAnswer = NUMBER.matcher(code).matches();
    String message =
        "%s are %s (code %s)%s%s"
            .formatted(
                rows,
                state.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                code,
                isAnswer ? "" : ": " + reason,
                end);
    return new Warning("ROWS_" + state, message, isAnswer ? reason : null);
  }
}
