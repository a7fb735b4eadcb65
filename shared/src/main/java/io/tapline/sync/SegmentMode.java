package io.tapline.sync;

/** The connector's "Segment Operation Mode". */
public enum SegmentMode {
  /** Fails where there is a segment of that name. */
  CREATE_NEW_SEGMENT,
  /** Fails where there is none. */
  UPDATE_EXISTING_SEGMENT
}
