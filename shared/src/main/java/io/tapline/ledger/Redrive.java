package io.tapline.ledger;

import io.tapline.ledger.OpenRows.State;
import java.time.Instant;

/**
 * A run that someone asked for, to deliver what the runs before it left open.
 *
 * @param run its number, from 2
 * @param stale whether it goes on though a newer job of the sync was released
 * @param unknown whether it sends rows of events whose call has an unknown outcome
 */
public record Redrive(int run, boolean stale, boolean unknown, Instant askedAt) {

  /**
   * Whether the run takes up rows that were left open like this. Of all but events those with an
   * unknown outcome are safe to repeat.
   */
  public boolean takesUp(State state, boolean events) {
    return state != State.UNKNOWN || unknown || !events;
  }
}
