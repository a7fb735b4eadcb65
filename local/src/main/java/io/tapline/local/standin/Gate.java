package io.tapline.local.standin;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets in as many calls at once as an API takes, and notes how many there were. Thread-safe. */
final class Gate {

  private final Semaphore places;
  private final AtomicInteger present = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  Gate(int maxConcurrency) {
    this.places = new Semaphore(maxConcurrency);
  }

  /** Notes that a call has come; {@link #gone} must follow. */
  void come() {
    int now = present.incrementAndGet();
    most.accumulateAndGet(now, Math::max);
  }

  void gone() {
    present.decrementAndGet();
  }

  /** Whether a call may go in; if so, {@link #leave} must follow. */
  boolean enter() {
    return places.tryAcquire();
  }

  void leave() {
    places.release();
  }

  /** The most calls that were there at once, let in or not. */
  int most() {
    return most.get();
  }
}
