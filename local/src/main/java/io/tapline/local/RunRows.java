package io.tapline.local;

import io.tapline.chunk.ChunkId;
import io.tapline.ledger.ChunkHistory;
import io.tapline.ledger.Job;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Mark;
import io.tapline.ledger.Redrive;
import io.tapline.ledger.RowCounts;
import java.util.HashMap;
import java.util.Map;

/** The rows of one run. */
final class RunRows {

  private RunRows() {}

  /**
   * How many rows a run takes up: all of its job, or, in a redrive, those that the runs before left
   * open and it was asked to deliver.
   *
   * @param staged the mark at which staging ended
   */
  static long count(Job job, JobLedger ledger, int run, Mark staged) {
    if (run == 1) {
      return staged.rows();
    }
    Redrive asked = ledger.redrive(run).orElseThrow();
    boolean events = job.toSync().isEvents();
    Map<ChunkId, ChunkHistory> histories = new HashMap<>();
    // A chunk that no run has taken up is open as a whole.
    long[] neverTaken = {staged.rows()};
    ledger.readOutcomes(
        run - 1,
        (earlier, redrive, outcome) -> {
          ChunkHistory history =
              histories.computeIfAbsent(
                  new ChunkId(outcome.lane(), outcome.number()), chunk -> new ChunkHistory(events));
          if (!history.isTakenUp()) {
            neverTaken[0] -= outcome.rows().read();
          }
          history.add(outcome, redrive);
        });
    return neverTaken[0]
        + histories.values().stream().mapToLong(history -> history.rowsFor(asked).size()).sum();
  }

  /** What became of its rows so far. */
  static RowCounts decided(JobLedger ledger, int run) {
    RowCounts[] decided = {RowCounts.NONE};
    ledger.run(run).readOutcomes(outcome -> decided[0] = decided[0].plus(outcome.rows()));
    return decided[0];
  }
}
