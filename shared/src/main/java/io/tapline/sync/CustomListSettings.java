package io.tapline.sync;

/**
 * The segment that a custom list becomes.
 *
 * @param userEmail a CleverTap user with the Admin role
 * @param replace whether a segment of this name is replaced (Update Existing Segment) or made
 *     (Create New Segment)
 */
public record CustomListSettings(String name, String userEmail, String creator, boolean replace) {

  /** As it stands in the settings. */
  public SegmentMode mode() {
    return replace ? SegmentMode.UPDATE_EXISTING_SEGMENT : SegmentMode.CREATE_NEW_SEGMENT;
  }
}
