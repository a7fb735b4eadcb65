package io.tapline.ledger;

import java.time.Instant;

/**
 * A window of chunks that are queued.
 *
 * @param chunks how many are queued up to the end of this window
 * @param last whether it is the run's last window
 */
public record Released(int window, int chunks, boolean last, Instant at) {}
