package io.tapline.record;

/**
 * A row that can be sent.
 *
 * @param user who it is about: its {@code identity}, or its {@code objectId} where that is how it
 *     is addressed, or the {@code value} of a subscription or a phone number. Records of one user
 *     keep their order.
 * @param json the record, UTF-8, as one element of {@code d}; not to be written to
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on a hot path; nobody compares records
public record Mapped(long row, String user, byte[] json) implements MappedRow {}
