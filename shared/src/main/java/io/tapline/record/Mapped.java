package io.tapline.record;

/**
 * A row that can be sent.
 *
 * @param user who it is about: its {@code identity}, or its {@code objectId} where that is how it
 *     is addressed, or the {@code value} of a subscription or a phone number. Records of one user
 *     keep their order.
 * @param bytes the record in UTF-8: one element of the list that a call holds, or the line of a
 *     custom list's file, with its line end; not to be written to
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on a hot path; nobody compares records
public record Mapped(long row, String user, byte[] bytes) implements MappedRow {}
