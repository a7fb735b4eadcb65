package io.tapline.local;

import java.time.Duration;

/**
 * The pauses of slots that found the queue empty. They share a rate of looks: the more of them
 * pause, the longer each pauses. A message that one slot finds wakes one that pauses, since there
 * may be more. Thread-safe.
 */
final class IdleSlots {

  private final long millis;
  private int pausing;
  private int woken;
  private boolean closed;

  /**
   * Nobody pauses yet.
   *
   * @param betweenLooks from one look of any of them to the next, about
   */
  IdleSlots(Duration betweenLooks) {
    this.millis = betweenLooks.toMillis();
  }

  /**
   * Pauses. It ends early when a message is found, when this is closed, or with an interrupt, which
   * stays set on the thread.
   */
  synchronized void pause() {
    pausing++;
    try {
      long end = now() + millis * pausing;
      for (long left = end - now(); !closed && woken == 0 && left > 0; left = end - now()) {
        wait(left);
      }
      woken = Math.max(0, woken - 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      pausing--;
      woken = Math.min(woken, pausing);
    }
  }

  private static long now() {
    return System.nanoTime() / 1_000_000;
  }

  /** A message was found. */
  synchronized void found() {
    if (woken < pausing) {
      woken++;
      notifyAll();
    }
  }

  /** Nobody pauses any more. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
