package io.tapline.local;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The end of a command that runs until Ctrl-C. The JVM ends when its shutdown hooks have: this one
 * lets the command close what it has open, for ten seconds at most. Thread-safe.
 */
final class Ending implements AutoCloseable {

  private static final int MOST_SECONDS = 10;

  private final CompletableFuture<Void> asked = new CompletableFuture<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();

  private Ending() {}

  /**
   * From now on the JVM waits for {@link #close()} when it is asked to end. To be made before what
   * is to be closed.
   */
  static Ending watch() {
    Ending ending = new Ending();
    Runtime.getRuntime().addShutdownHook(new Thread(ending::end, "ending"));
    return ending;
  }

  private void end() {
    asked.complete(null);
    over.completeOnTimeout(null, MOST_SECONDS, TimeUnit.SECONDS).join();
  }

  /** Returns when the JVM is asked to end. */
  void await() {
    asked.join();
  }

  @Override
  public void close() {
    over.complete(null);
  }
}
