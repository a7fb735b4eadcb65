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
 * The rows of a chunk that a run takes up: all of them in the first run; in a later one those that
 * it was asked to deliver.
 *
 * @param unknown those of which an earlier run left nobody knowing whether CleverTap took them, as
 *     far as they are events: sent once more, they may count twice
 */
record OpenChunk(List<Row> rows, Set<Long> unknown) {

  /**
   * Reads what a message points to.
   *
   * @param events whether the rows are events
   * @throws IllegalStateException when the chunk, or what became of it in earlier runs, has expired
   */
  static OpenChunk of(JobLedger job, ChunkMessage message, boolean events) {
    List<Row> rows = job.chunk(message.chunk());
    if (message.run() == 1) {
      return new OpenChunk(rows, Set.of());
    }
    ChunkHistory history = job.history(message.chunk(), message.run(), events);
    if (!history.isTakenUp()) {
      checkIsWhole(job, message);
      return new OpenChunk(rows, Set.of());
    }
    Redrive redrive =
        job.redrive(message.run())
            .orElseThrow(() -> new IllegalStateException("nobody asked for run " + message.run()));
    Set<Long> open = history.rowsFor(redrive);
    return new OpenChunk(
        rows.stream().filter(row -> open.contains(row.number())).toList(),
        events ? history.unknown() : Set.of());
  }

  /** Jobs expire, and not all at once: rows whose outcome is gone must not be taken for open. */
  private static void checkIsWhole(JobLedger job, ChunkMessage message) {
    Selection selection = job.run(message.run()).selection().orElseThrow();
    if (!selection.whole().contains(message.chunk())) {
      throw new IllegalStateException(
          "the outcomes of earlier runs of job " + message.job() + " are gone: it has expired");
    }
  }
}
