package io.tapline.ledger;

import io.tapline.record.Rejection;
import java.time.Instant;
import java.util.List;

/**
 * What became of a chunk in a run; written once.
 *
 * @param rejections rows refused by us or by CleverTap, in the order of the export
 * @param open rows left open, with the reason of each group
 * @param sentAgainAfterUnknown rows of events sent again after a call whose outcome nobody knows
 * @param calls calls made for it
 * @param retries calls made again after one that did not go well
 * @param throttled calls answered with 429
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
    Instant finishedAt) {}
