package io.tapline.job;

import io.tapline.export.Header;
import io.tapline.ledger.Stop;
import io.tapline.sync.CustomListSettings;
import io.tapline.sync.SegmentMode;
import io.tapline.sync.Sync;
import java.util.Optional;
import java.util.regex.Pattern;

/** An export that holds the corrected rows of another one, and none of its good rows. */
public final class RejectedRowsOnly {

  /** What a job calls the rejected lines of JSONL, which have no header to know them by. */
  private static final String LINES = "/rejects.jsonl";

  /** The three columns behind the original ones, between which there may be any delimiter. */
  private static final Pattern COLUMNS =
      Pattern.compile("(^|.*[;\t|])\"?_row\"?([;\t|])\"?_code\"?\\2\"?_reason\"?", Pattern.DOTALL);

  private RejectedRowsOnly() {}

  /**
   * Why it must not be pushed. Empty when it may be.
   *
   * @param key of the export, or the path of a file
   */
  public static Optional<Stop> stop(String key, Sync sync, Header header) {
    return otherDelimiter(header).or(() -> replacesList(key, sync, header));
  }

  /**
   * That it is packed, or a spreadsheet has saved it with another delimiter, as many do where the
   * comma stands in numbers: it would pass for an export with three more columns.
   */
  public static Optional<Stop> otherDelimiter(Header header) {
    // Read by the sync's delimiter it has one column or all of them; joined, both are the same.
    if (header.rejectsFile() || !COLUMNS.matcher(String.join(";", header.names())).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new Stop(
            "REJECTS_DELIMITER",
            "the file holds rejected rows, but it is packed, or has other delimiters than commas,"
                + " as a spreadsheet with other settings saves it; unpack it, or save it once more"
                + " with commas, or correct the rows in a text editor",
            null));
  }

  /** CleverTap replaces a segment as a whole. */
  private static Optional<Stop> replacesList(String key, Sync sync, Header header) {
    CustomListSettings list = sync.customList();
    if (list == null || list.mode() != SegmentMode.UPDATE_EXISTING_SEGMENT) {
      return Optional.empty();
    }
    if (!header.rejectsFile() && !key.endsWith(LINES)) {
      return Optional.empty();
    }
    return Optional.of(
        new Stop(
            "LIST_OF_REJECTS",
            ("the file holds rejected rows only, and with the mode %s they would take the place of"
                 + " all members of \"%s\"; correct the rows in the export and push that, or make a"
                 + " segment of another name of them")
                .formatted(list.mode(), list.name()),
            null));
  }
}
