package io.tapline.local;

/**
 * How many slots may poll at once. A thrown error halves it, a success adds one again: so the event
 * source mapping of Lambda slows down on errors. Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">Lambda's
 *     back-off</a>
 */
final class PollRate {

  private final int maximum;
  private int current;
  private boolean closed;

  /** Begins with all {@code maximum} slots. */
  PollRate(int maximum) {
    this.maximum = maximum;
    this.current = maximum;
  }

  /**
   * Waits until the slot may poll.
   *
   * @param slot from 0; slot 0 always may
   * @return false once closed
   */
  synchronized boolean await(int slot) {
    while (!closed && slot >= current) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return !closed;
  }

  synchronized void succeeded() {
    if (current < maximum) {
      current++;
      notifyAll();
    }
  }

  synchronized void failed() {
    current = Math.max(1, current / 2);
  }

  synchronized int current() {
    return current;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
