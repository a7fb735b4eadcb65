package io.tapline.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What became of a custom list in a run, and so of all its rows that were ready.
 *
 * @param left how the rows are left; null: CleverTap accepted them
 * @param code as in {@link OpenRows}; null where the rows are accepted
 * @param reason for a person; null where the rows are accepted
 * @param segment the segment's id; null where none was made, or CleverTap did not say
 * @param stop why it stops the run; null when it does not. It stands here, too, so that it is not
 *     lost when its writer dies before it stops the run.
 */
public record SegmentEnd(
    OpenRows.@Nullable State left,
    @Nullable String code,
    @Nullable String reason,
    @Nullable Long segment,
    @Nullable Stop stop) {

  /** CleverTap makes a segment of the list. */
  public static SegmentEnd completed(@Nullable Long segment) {
    return new SegmentEnd(null, null, null, segment, null);
  }

  /** The rows are left open. */
  public static SegmentEnd left(OpenRows.State state, String code, String reason) {
    return new SegmentEnd(state, code, reason, null, null);
  }

  /** The rows are left open, and the run is stopped. */
  public static SegmentEnd stopped(OpenRows.State state, Stop stop) {
    return new SegmentEnd(state, stop.code(), "the run was stopped", null, stop);
  }
}
