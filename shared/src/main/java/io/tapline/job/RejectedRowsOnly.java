package io.tapline.job;

import io.tapline.export.Header;
import io.tapline.ledger.Stop;
import io.tapline.sync.CustomListSettings;
import io.tapline.sync.SegmentMode;
import io.tapline.sync.Sync;
import java.util.Optional;

/** An export that holds the corrected rows of another one, and none of its good rows. */
public final class RejectedRowsOnly {

  /** What a job calls the rejected lines of JSONL, which have no header to know them by. */
  private static final String LINES = "/rejects.jsonl";

  private RejectedRowsOnly() {}

  /**
   * Why it must not be pushed: CleverTap replaces a segment as a whole. Empty when it may be.
   *
   * @param key of the export, or the path of a file
   */
  public static Optional<Stop> stop(String key, Sync sync, Header header) {
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
