package io.tapline.ledger;

/** All rows that a run takes up of a chunk, from {@code first} to {@code last}, both included. */
public record RowRange(long first, long last) {}
