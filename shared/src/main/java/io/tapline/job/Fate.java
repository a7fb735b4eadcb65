package io.tapline.job;

import io.tapline.ledger.OpenRows;
import io.tapline.ledger.Stop;

/** What is known of a record. */
sealed interface Fate {

  /** Nothing yet, or nothing that lasts. */
  Fate PENDING = new Pending();

  /** CleverTap took it. */
  Fate ACCEPTED = new Accepted();

  /** The fate of all that was not sent when its run was stopped. */
  static Open notSent(Stop stop) {
    return new Open(OpenRows.State.NOT_SENT, stop.code(), "the run was stopped");
  }

  record Pending() implements Fate {}

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
