package io.tapline.ledger;

import java.time.Instant;

/**
 * An invocation had its whole time and did not come to the next mark.
 *
 * @param mark the number of the mark that it did not reach
 * @param at when its time was over
 */
public record Timeout(int mark, Instant at) {}
