package io.tapline.record;

/**
 * A rule that a column's name or its settings break.
 *
 * @param code one of {@link Codes}
 * @param column the export's own name
 * @param reason a sentence: the column, what is wrong, what to do
 */
record ColumnProblem(String code, String column, String reason) implements NamedColumn {}
