package io.tapline.ledger;

import io.tapline.record.Rejection;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How far the delivery of a chunk had come after a call that did not end it. It holds all that was
 * known by then, so that of several only the latest counts.
 *
 * @param accepted rows that CleverTap took
 * @param refused rows that it refused
 * @param open rows that were given up, and rows of answers that do not add up
 * @param waiting the calls that are still to be made, in order
 * @param doubtful of the rows that wait, those that a try may have brought to CleverTap, but not
 *     their last one
 * @param lost of the rows that wait, those whose last try may have brought them
 * @param serverErrors how often CleverTap had an error of its own with a row, by row
 * @param searchCalls calls spent on the search for rows that spoil a whole call
 */
public record ReplyNote(
    Instant at,
    List<RowRange> accepted,
    List<Rejection> refused,
    List<OpenRows> open,
    List<List<RowRange>> waiting,
    List<RowRange> doubtful,
    List<RowRange> lost,
    Map<Long, Integer> serverErrors,
    int searchCalls,
    CallTotals totals) {}
