package io.tapline.bench.task;

/** Runs from the moment at which it is made. */
final class Stopwatch {

  private final long start = System.nanoTime();

  /** How long it has been running. */
  double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }
}
