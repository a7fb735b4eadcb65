package io.tapline.ledger;

import java.time.Instant;

/** The totals of a run that is closed. */
public record Closed(RowCounts rows, String status, Instant at) {}
