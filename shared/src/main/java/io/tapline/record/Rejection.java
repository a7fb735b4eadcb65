package io.tapline.record;

import org.jspecify.annotations.Nullable;

/**
 * A row that is not delivered, and why.
 *
 * @param by who refused it
 * @param code CleverTap's number as text where one exists, else an {@code UPPER_SNAKE} code of ours
 * @param column the export's own name of the column at fault; null when it is not one column's
 * @param reason for a person; it may quote a shortened value, so it belongs in the work bucket only
 */
public record Rejection(long row, By by, String code, @Nullable String column, String reason)
    implements MappedRow {

  /** Who refused a row. */
  public enum By {
    TAPLINE,
    CLEVERTAP
  }
}
