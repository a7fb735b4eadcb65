package io.tapline.job;

import org.jspecify.annotations.Nullable;

/** Lets one thing fail without keeping the others waiting. Not thread-safe. */
final class Failures {

  private @Nullable RuntimeException first;

  /** Does a thing; its failure is kept. */
  void collect(Runnable step) {
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
  void rethrow() {
    if (first != null) {
      throw first;
    }
  }
}
