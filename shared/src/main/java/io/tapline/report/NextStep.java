package io.tapline.report;

import io.tapline.ledger.RowCounts;
import io.tapline.ledger.Stop;
import java.util.Optional;

/**
 * How the rows that a job left open are sent, as a sentence in three parts.
 *
 * @param before what is done before; empty where there is nothing
 * @param command the command line
 * @param effect what it does
 */
record NextStep(String before, String command, String effect) {

  /** Empty where no row is open. */
  static Optional<NextStep> of(Report report) {
    RowCounts rows = report.rows();
    if (rows.failed() + rows.unknown() + rows.notSent() == 0) {
      return Optional.empty();
    }
    String redrive = "tapline redrive " + report.job();
    Stop stop = report.stopped();
    boolean nothingQueued = report.chunks().done() + report.chunks().failed() == 0;
    if (stop != null && stop.code().equals(Stop.STALE)) {
      return Optional.of(new NextStep("", redrive + " --stale", "sends it all the same"));
    }
    if (stop != null && nothingQueued && !stop.metAtRelease()) {
      return Optional.of(
          new NextStep("put it right, then", redrive + " --restage", "pushes the export anew"));
    }
    return Optional.of(
        new NextStep(
            "",
            redrive,
            "sends the rows that are open"
                + (rows.unknown() == 0 ? "" : "; with --unknown also those that are unknown")));
  }

  @Override
  public String toString() {
    return (before.isEmpty() ? "" : before + " ") + command + " " + effect;
  }
}
