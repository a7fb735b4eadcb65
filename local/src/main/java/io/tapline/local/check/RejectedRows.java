package io.tapline.local.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that would be rejected for one reason.
 *
 * @param column the export's own name; null when it is not one column's fault
 * @param reason of the first of them, with the value that it quotes masked
 * @param firstRows at most ten, in order
 */
public record RejectedRows(
    String code, @Nullable String column, long count, String reason, List<Long> firstRows) {}
