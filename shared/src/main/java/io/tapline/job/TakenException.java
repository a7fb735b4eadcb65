package io.tapline.job;

import java.time.Duration;

/**
 * Another invocation has the chunk, or may have it still: no call can be made for it now. FIFO
 * hands a message out once at a time, so this is rare.
 */
final class TakenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Duration wait;

  /**
   * The chunk is taken.
   *
   * @param wait how long the other invocation may last; zero when that is not known
   */
  TakenException(Duration wait) {
    super("another invocation has this chunk");
    this.wait = wait;
  }

  Duration waitFor() {
    return wait;
  }
}
