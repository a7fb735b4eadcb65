package io.tapline.bench.cold;

import org.jspecify.annotations.Nullable;

/** When the function that runs made the first call that it is there for. Thread-safe. */
final class FirstCall {

  private @Nullable ColdFunction running;
  private @Nullable Long at;

  /** From now on this function runs, and no other. */
  synchronized void expect(ColdFunction function) {
    running = function;
    at = null;
  }

  /** Such a call of this function is answered now, if that is the one that runs. */
  synchronized void happen(ColdFunction function) {
    if (function == running && at == null) {
      at = System.nanoTime();
    }
  }

  /**
   * When it was, as {@link System#nanoTime()} tells.
   *
   * @throws IllegalStateException if it never was
   */
  synchronized long at() {
    if (at == null) {
      throw new IllegalStateException(running + " did not make the call that it is there for");
    }
    return at;
  }
}
