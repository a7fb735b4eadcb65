package io.tapline.sync;

/** What a JSON array does to a multi-value property: replace it, or add to it or take from it. */
public enum ArrayPropertyOperation {
  /** Sent as a plain list. */
  REPLACE,
  /** Sent as {@code {"$add": […]}}. */
  APPEND,
  /** Sent as {@code {"$remove": […]}}. */
  REMOVE
}
