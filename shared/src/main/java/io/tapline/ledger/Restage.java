package io.tapline.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A second job of an export, that someone asked for.
 *
 * @param job its id
 * @param repeat which job of the export it is, from 2
 * @param versionId null where the bucket keeps no versions
 */
public record Restage(
    String job,
    int repeat,
    String bucket,
    String key,
    @Nullable String versionId,
    Instant askedAt) {}
