package io.tapline.job;

import org.jspecify.annotations.Nullable;

/** Lets one thing fail without keeping the others waiting. Not thread-safe. */
public final class Failures {

  private @Nullable RuntimeException first;

  /** Nothing has failed yet. */
  public Failures() {}

  /** Does a thing; its failure is kept. */
  public void collect(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      if (first == null) {
        first = e;
      } else {
        first.addSuppressed(e);
      }
    }
  }

  /**
   * Ends what was done.
   *
   * @throws RuntimeException the first failure, with the others as suppressed ones
   */
  public void rethrow() {
    if (first != null) {
      throw first;
    }
  }
}
