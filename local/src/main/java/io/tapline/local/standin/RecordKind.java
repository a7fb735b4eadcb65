package io.tapline.local.standin;

/** What a record is about. */
public enum RecordKind {
  PROFILE,
  EVENT,
  TOKEN,
  /** An identity that is to be taken apart; as a record it is a text. */
  DEMERGE,
  SUBSCRIPTION,
  DISASSOCIATION
}
