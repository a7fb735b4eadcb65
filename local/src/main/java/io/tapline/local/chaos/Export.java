package io.tapline.local.chaos;

import java.util.List;

/**
 * An export that is pushed, and what CleverTap is to get of it.
 *
 * @param key in the export bucket
 * @param rows all of them; the first is row 1
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares exports
record Export(String key, byte[] content, List<ExportRow> rows) {

  /**
   * A row.
   *
   * @param id another one for each row of a run, in the order in which they are to be applied
   * @param user whom it tells of: of rows with the same one the last counts
   * @param good whether it breaks no rule, so that it is sent
   */
  record ExportRow(long id, String user, boolean good) {

    /** A value of the row that nothing may change. */
    String note() {
      return "row " + id + ", \"quoted\"";
    }
  }
}
