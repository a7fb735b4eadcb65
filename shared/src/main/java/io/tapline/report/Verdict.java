package io.tapline.report;

import io.tapline.ledger.RowCounts;
import java.util.Locale;

/** How a job ended, in a few words. */
final class Verdict {

  private Verdict() {}

  /** Without a capital and a full stop, so that it may stand behind the status. */
  static String of(Report report) {
    RowCounts rows = report.rows();
    return switch (report.status()) {
      case STOPPED ->
          report.calls().total() == 0
              ? "nothing was sent"
              : "the run was stopped before it was through";
      case FAILED ->
          rows.addUp()
              ? String.format(
                  Locale.ROOT,
                  "%,d rows are still open",
                  rows.failed() + rows.unknown() + rows.notSent())
              : "the counts do not add up; please report this";
      case COMPLETED_WITH_REJECTIONS ->
          String.format(
              Locale.ROOT,
              "%,d of %,d rows were delivered, the others are listed in rejects",
              rows.accepted(),
              rows.read());
      case COMPLETED -> rows.read() == 0 ? "the export has no rows" : "all rows were delivered";
    };
  }
}
