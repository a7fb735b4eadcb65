package io.tapline.job;

import org.jspecify.annotations.Nullable;

/**
 * The news that an object was written to the export bucket.
 *
 * @param key plain, not URL-encoded
 * @param versionId null where the bucket keeps no versions
 * @param etag of the object that was written, without quotes; null where the news does not say
 */
public record Arrival(
    String bucket, String key, @Nullable String versionId, @Nullable String etag) {}
