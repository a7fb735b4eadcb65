package io.tapline.job;

import io.tapline.chunk.ChunkMessage;
import io.tapline.export.Row;
import io.tapline.ledger.ChunkHistory;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Redrive;
import io.tapline.ledger.Selection;
import java.util.List;
import java.util.Set;

/**
 * The rows of a chunk that a run takes up.
 *
 * @param events whether they are events
 */
record OpenChunk(JobLedger job, ChunkMessage message, boolean events) {

  /** All rows in the first run; in a later one those that it was asked to deliver. */
  List<Row> rows() {
    List<Row> rows = job.chunk(message.chunk());
    if (message.run() == 1) {
      return rows;
    }
    ChunkHistory history = job.history(message.chunk(), message.run(), events);
    if (!history.isTakenUp()) {
      checkIsWhole();
      return rows;
    }
    Redrive redrive =
        job.redrive(message.run())
            .orElseThrow(() -> new IllegalStateException("nobody asked for run " + message.run()));
    Set<Long> open = history.rowsFor(redrive);
    return rows.stream().filter(row -> open.contains(row.number())).toList();
  }

  /** Jobs expire, and not all at once: rows whose outcome is gone must not be taken for open. */
  private void checkIsWhole() {
    Selection selection = job.run(message.run()).selection().orElseThrow();
    if (!selection.whole().contains(message.chunk())) {
      throw new IllegalStateException(
          "the outcomes of earlier runs of job " + message.job() + " are gone: it has expired");
    }
  }
}
