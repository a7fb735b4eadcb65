package io.tapline.local.chaos;

import java.util.List;

/**
 * What became of the rows of a run.
 *
 * @param rows all rows of its exports
 * @param lost rows that CleverTap does not have, and that no report tells of
 * @param doubled receipts of events beyond the first of each row
 * @param stated doubled ones that the reports state to be possible
 * @param badReports jobs whose report does not add up, is not there, or tells of a row what is not
 *     true
 * @param problems what is wrong, for a person
 */
record Findings(
    long rows, long lost, long doubled, long stated, long badReports, List<String> problems) {

  static final Findings NONE = new Findings(0, 0, 0, 0, 0, List.of());

  Findings plus(Findings other) {
    return new Findings(
        rows + other.rows,
        lost + other.lost,
        doubled + other.doubled,
        stated + other.stated,
        badReports + other.badReports,
        java.util.stream.Stream.concat(problems.stream(), other.problems.stream()).toList());
  }

  /** Whether all that was promised holds. */
  boolean isGood() {
    return problems.isEmpty();
  }
}
