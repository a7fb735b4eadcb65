package io.tapline.local.check;

import io.tapline.record.Rejection;
import io.tapline.report.Mask;
import java.util.Set;

/**
 * The reason of a rejection for a terminal: it may quote a value of the row, which is masked. What
 * is between the first quotation mark and the last one is taken for the value, since it may hold
 * such marks itself.
 */
final class MaskedReason {

  private static final char QUOTE = '"';

  /** Before a value that is not what its column takes. */
  private static final String FOUND = " is \"";

  /** Behind it; what follows is a text of Tapline's own, which may hold quotation marks, too. */
  private static final String EXPECTED = "\"; it must be ";

  /** Their reasons quote names of columns, and no value. */
  private static final Set<String> OF_NAMES =
      Set.of(
          "FORBIDDEN_COLUMN_NAME",
          "COLUMN_NAME_TOO_LONG",
          "EMPTY_COLUMN_NAME",
          "DUPLICATE_COLUMN",
          "UNSUPPORTED_TYPE");

  private MaskedReason() {}

  /** The reason, with no value in it. */
  static String of(Rejection rejection) {
    String reason = rejection.reason();
    if (OF_NAMES.contains(rejection.code())) {
      return reason;
    }
    String name = rejection.column() == null ? "" : rejection.column();
    if (!reason.startsWith(name)) {
      name = "";
    }
    String rest = reason.substring(name.length());
    int expected = rest.startsWith(FOUND) ? rest.lastIndexOf(EXPECTED) : -1;
    int end = expected < 0 ? rest.lastIndexOf(QUOTE) : expected;
    int start = rest.indexOf(QUOTE);
    return start < 0 || end <= start
        ? reason
        : name
            + rest.substring(0, start + 1)
            + Mask.of(rest.substring(start + 1, end))
            + rest.substring(end);
  }
}
