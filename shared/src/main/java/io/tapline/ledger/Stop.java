package io.tapline.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Why a run was stopped.
 *
 * @param row the row at which, where it is one row's fault
 */
public record Stop(String code, String message, @Nullable Long row) {

  /** A newer export of the sync was pushed before this job's turn came. */
  public static final String STALE = "STALE";

  /** The connection does not load. */
  public static final String CONNECTION_UNUSABLE = "CONNECTION_UNUSABLE";

  /** Whether it may meet a job whose rows were found good and of which none was queued yet. */
  public boolean metAtRelease() {
    return code.equals(STALE) || code.equals(CONNECTION_UNUSABLE);
  }
}
