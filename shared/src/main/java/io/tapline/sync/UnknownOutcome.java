package io.tapline.sync;

/**
 * What is done with events whose call ended without an answer, so that nobody knows whether
 * CleverTap took them.
 */
public enum UnknownOutcome {
  /** Send them again: each event arrives at least once. */
  RESEND,
  /** Keep them back and report them as unknown: each event arrives at most once. */
  HOLD
}
