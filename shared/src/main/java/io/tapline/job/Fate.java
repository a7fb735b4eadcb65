package io.tapline.job;

import io.tapline.ledger.OpenRows;
import io.tapline.ledger.Stop;

/** What is known of a record. */
sealed interface Fate {

  /** Nothing yet, or nothing that lasts. */
  Fate PENDING = new Pending(Doubt.NONE);

  /** To be sent again; a try before the last one may have brought it. */
  Fate DOUBTFUL = new Pending(Doubt.EARLIER_TRY);

  /** To be sent again, though the last try may have brought it. */
  Fate LOST = new Pending(Doubt.LAST_TRY);

  /** CleverTap took it. */
  Fate ACCEPTED = new Accepted();

  /** The fate of what may have arrived by a try that nobody heard of again. */
  Open UNKNOWN_OUTCOME =
      new Open(
          OpenRows.State.UNKNOWN, "UNKNOWN_OUTCOME", "a try of their call ended without an answer");

  /** The fate of all that was not sent when its run was stopped. */
  static Open notSent(Stop stop) {
    return new Open(OpenRows.State.NOT_SENT, stop.code(), "the run was stopped");
  }

  /** Whether CleverTap may have a record already that is to be sent. */
  enum Doubt {
    NONE,
    EARLIER_TRY,
    LAST_TRY
  }

  /** To be sent, for the first time or again. */
  record Pending(Doubt doubt) implements Fate {}

  record Accepted() implements Fate {}

  /**
   * CleverTap will not take it.
   *
   * @param code CleverTap's or HTTP's number as text
   * @param reason CleverTap's words
   */
  record Refused(String code, String reason) implements Fate {}

  /** Left open; see {@link OpenRows}. */
  record Open(OpenRows.State state, String code, String reason) implements Fate {}
}
