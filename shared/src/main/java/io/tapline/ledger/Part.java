package io.tapline.ledger;

/**
 * The part of a custom list that a chunk became.
 *
 * @param ready how many rows it holds, at least one. They are neither accepted nor left open: what
 *     becomes of them is decided with the whole list.
 * @param bytes its size
 */
public record Part(long ready, long bytes) {}
