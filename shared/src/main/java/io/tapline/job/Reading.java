package io.tapline.job;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * A read that goes on while others do: S3 takes some twenty milliseconds for each, and a chunk that
 * waits for one after another keeps its lane waiting. Thread-safe.
 *
 * @param <T> what is read
 */
final class Reading<T> {

  private final FutureTask<T> task;

  private Reading(FutureTask<T> task) {
    this.task = task;
  }

  /** Begins to read. */
  static <T> Reading<T> begin(Executor executor, Supplier<T> read) {
    FutureTask<T> task = new FutureTask<>(read::get);
    executor.execute(task);
    return new Reading<>(task);
  }

  /**
   * What was read, as soon as it is. Where the read failed, this throws what it threw.
   *
   * @throws IllegalStateException when the thread is interrupted; it stays so
   */
  T await() {
    try {
      return task.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException("a read failed", e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a chunk was read", e);
    }
  }
}
