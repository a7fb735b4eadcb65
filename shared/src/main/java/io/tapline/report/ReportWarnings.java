package io.tapline.report;

import io.tapline.ledger.Mark;
import io.tapline.ledger.RowCounts;
import io.tapline.record.ColumnTypes;
import io.tapline.report.Report.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a person should know of a job beside what became of its rows. */
final class ReportWarnings {

  private ReportWarnings() {}

  /**
   * The warnings, in the order in which they are told.
   *
   * @param isStopped whether the last run was stopped
   */
  static List<Warning> of(
      Mark staged, RowCounts rows, boolean isStopped, OutcomeTally tally, ReadyRows ready) {
    List<Warning> warnings = new ArrayList<>();
    if (!rows.addUp()) {
      warnings.add(
          new Warning(
              "DOES_NOT_ADD_UP", "the rows read are not the sum of what became of them: " + rows));
    }
    if (staged.rows() == 0 && !isStopped) {
      warnings.add(new Warning("NO_ROWS", "the export has no rows"));
    }
    if (staged.skipped() > 0) {
      warnings.add(
          new Warning(
              "ROWS_NOT_KEPT",
              String.format(
                  Locale.ROOT,
                  "%,d rows of this file of rejected rows hold nothing but why they were rejected:"
                      + " they could not be read, or were empty; take them from the export by"
                      + " their _row",
                  staged.skipped())));
    }
    if (staged.invalid() > staged.invalidRows().size()) {
      warnings.add(
          new Warning(
              "INVALID_ROWS_NOT_LISTED",
              String.format(
                  Locale.ROOT,
                  "%,d rows are invalid; %,d of them are listed",
                  staged.invalid(),
                  staged.invalidRows().size())));
    }
    ColumnTypes types = staged.decided();
    if (types != null) {
      types
          .warnings()
          .forEach(warning -> warnings.add(new Warning(warning.code(), warning.message())));
    }
    warnings.addAll(tally.openWarnings());
    ready.warning().ifPresent(warnings::add);
    return warnings;
  }
}
