package io.tapline.local.standin;

/**
 * An HTTP request, read whole.
 *
 * @param body empty when there is none; not to be written to
 */
@SuppressWarnings("ArrayRecordComponent") // up to megabytes; nobody compares requests
record Request(RequestHead head, byte[] body) {}
