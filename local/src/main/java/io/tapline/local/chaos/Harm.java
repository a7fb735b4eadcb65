package io.tapline.local.chaos;

/** What is done to a step. */
enum Harm {
  /** Nothing. */
  NONE,
  /** It is not done, and fails. */
  FAILS,
  /** It is done, but its answer is lost, and it fails. */
  ANSWER_LOST,
  /** It is done twice, and the second answer counts: a client repeats what it had no answer to. */
  REPEATED,
  /** It takes long; of a call: too long, and CleverTap does not take it. */
  SLOW,
  /** Of inflating the export: it takes all the time that the function has. */
  STUCK,
  /**
   * Of messages to send, some are not taken, or are but are said not to be. Of an event: it is not
   * told, and is said to be.
   */
  PARTLY,
  /** The handler dies before it. */
  KILLED_BEFORE,
  /** The handler dies after it. */
  KILLED_AFTER
}
