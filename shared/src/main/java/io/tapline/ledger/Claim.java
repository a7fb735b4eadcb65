package io.tapline.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * This export was taken, by which sync; it outlives the job.
 *
 * @param version null in a bucket without versioning
 */
public record Claim(String sync, String bucket, String key, @Nullable String version, Instant at) {}
