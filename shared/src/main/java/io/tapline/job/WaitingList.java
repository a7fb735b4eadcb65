package io.tapline.job;

import io.tapline.ledger.OpenRun;
import java.time.Instant;

/**
 * A custom list that has no segment yet.
 *
 * @param until when it may be tried again
 * @param reason for a log; holds no secret and nothing of a row
 */
public record WaitingList(OpenRun run, Instant until, String reason) {}
