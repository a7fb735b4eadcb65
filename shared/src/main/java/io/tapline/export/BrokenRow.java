package io.tapline.export;

import org.jspecify.annotations.Nullable;

/**
 * A row that can't be read as fields: it is told, counted and never sent.
 *
 * @param code one of {@code ROW_TOO_LARGE}, {@code BROKEN_UTF8}, {@code NUL_BYTE}, {@code
 *     WRONG_FIELD_COUNT}, {@code NOT_AN_OBJECT}
 * @param reason for a person: the line, what was found and what was expected; no value of the row
 * @param line JSONL only: the line as it stands in the export; null when it was not kept
 */
public record BrokenRow(long number, String code, String reason, @Nullable String line)
    implements Row {}
