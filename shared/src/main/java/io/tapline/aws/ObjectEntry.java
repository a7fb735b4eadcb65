package io.tapline.aws;

import java.time.Instant;

/** An object as a listing shows it: the newest version of its key. */
public record ObjectEntry(String key, Instant lastModified) {}
