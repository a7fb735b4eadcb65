package io.tapline.local.standin;

/** What a record is about. */
public enum RecordKind {
  PROFILE,
  EVENT,
  TOKEN
}
