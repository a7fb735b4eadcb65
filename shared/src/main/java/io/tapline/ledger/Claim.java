package io.tapline.ledger;

import java.time.Instant;

/** This export was taken, by which sync; it outlives the job. */
public record Claim(String sync, String bucket, String key, Instant at) {}
