package io.tapline.ledger;

/**
 * What the calls for a chunk came to, over all receives of its message.
 *
 * @param calls calls made
 * @param retries calls made again after one that did not go well
 * @param throttled calls answered with 429
 * @param sentAgainAfterUnknown rows of events sent again after a call whose outcome nobody knows
 */
public record CallTotals(int calls, int retries, int throttled, long sentAgainAfterUnknown) {}
