package io.tapline.record;

/** What becomes of a column's name: a column, or the rule that the name breaks. */
sealed interface NamedColumn permits Column, ColumnProblem {}
