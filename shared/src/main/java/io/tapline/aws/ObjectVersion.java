package io.tapline.aws;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of one S3 object. Every read of it is pinned by {@code etag}, and by {@code
 * versionId} where the bucket keeps versions, so that a reader never mixes two writes of one key.
 *
 * @param versionId null in a bucket without versioning
 * @param etag as S3 gives it, quotes included
 * @param size in bytes
 */
public record ObjectVersion(
    String bucket,
    String key,
    @Nullable String versionId,
    String etag,
    long size,
    Instant lastModified) {}
