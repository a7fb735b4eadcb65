package io.tapline.ledger;

import io.tapline.record.Rejection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a chunk in a run; written once.
 *
 * @param rejections rows refused by us or by CleverTap, in the order of the export
 * @param open rows left open, with the reason of each group
 * @param sentAgainAfterUnknown rows of events sent again after a call whose outcome nobody knows
 * @param calls calls made for it
 * @param retries calls made again after one that did not go well
 * @param throttled calls answered with 429
 * @param stop why it stops the run; null when it does not. It stands here, too, so that it is not
 *     lost when its writer dies before it stops the run.
 * @param part what it became of a custom list; null where it became none, and for all else. Its
 *     rows are read and nothing else yet, so the counts add up with {@link Part#ready()} only.
 */
public record Outcome(
    int lane,
    int number,
    RowCounts rows,
    List<Rejection> rejections,
    List<OpenRows> open,
    long sentAgainAfterUnknown,
    int calls,
    int retries,
    int throttled,
    Instant startedAt,
    Instant finishedAt,
    @Nullable Stop stop,
    @Nullable Part part) {

  /** What became of a chunk that no custom list is made of. */
  public Outcome(
      int lane,
      int number,
      RowCounts rows,
      List<Rejection> rejections,
      List<OpenRows> open,
      long sentAgainAfterUnknown,
      int calls,
      int retries,
      int throttled,
      Instant startedAt,
      Instant finishedAt,
      @Nullable Stop stop) {
    this(
        lane,
        number,
        rows,
        rejections,
        open,
        sentAgainAfterUnknown,
        calls,
        retries,
        throttled,
        startedAt,
        finishedAt,
        stop,
        null);
  }

  /** How many of its rows wait for the rest of their custom list. */
  public long ready() {
    return part == null ? 0 : part.ready();
  }
}
