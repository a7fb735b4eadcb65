package io.tapline.clevertap;

/**
 * What CleverTap is asked to make of a list.
 *
 * @param name the segment's
 * @param email of a user with the Admin role; personal data
 * @param fileName what the list is called
 * @param url where the list was put, whole; a secret
 * @param replace whether a segment of this name is replaced, or a new one made
 */
public record SegmentRequest(
    String name, String email, String fileName, String creator, String url, boolean replace) {

  /** Leaves out what is secret or personal. */
  @Override
  public String toString() {
    return "SegmentRequest[name=" + name + ", replace=" + replace + "]";
  }
}
