package io.tapline.local.packed;

/**
 * What a role must allow for a call.
 *
 * @param action such as {@code s3:GetObject}
 * @param resource the ARN of one resource
 */
record Permission(String action, String resource) {}
