package io.tapline.ledger;

import java.util.List;

/**
 * Rows that a run leaves open, all for one reason.
 *
 * @param code CleverTap's or HTTP's number as text, or an {@code UPPER_SNAKE} code of ours
 * @param reason for a person; holds no value of a row
 * @param rows their numbers, in the order of the export
 */
public record OpenRows(State state, String code, String reason, List<Long> rows) {

  /** What a row is that is neither accepted nor refused. */
  public enum State {
    FAILED,
    UNKNOWN,
    NOT_SENT
  }
}
