package io.tapline.local;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * Lets a command end in good order at Ctrl-C or SIGTERM: it is told, has ten seconds to end what is
 * under way, and says at last where it stands. At a second one it ends at once. Thread-safe.
 */
final class Interruption implements AutoCloseable {

  private static final Duration LONGEST_END = Duration.ofSeconds(10);

  /** By signal, what a shell sees of a command that it ended: 128 and the signal's number. */
  private static final Map<String, Integer> EXIT_CODES = Map.of("INT", 130, "TERM", 143);

  private final Consumer<String> told;
  private final Map<String, Object> handlersBefore = new LinkedHashMap<>();
  private final AtomicInteger exitCode = new AtomicInteger();
  private final AtomicBoolean isOver = new AtomicBoolean();
  private volatile Supplier<String> standing = () -> "nothing was pushed";
  private volatile @Nullable Supplier<String> next;

  private Interruption(Consumer<String> told) {
    this.told = told;
  }

  /**
   * From now on, until it is closed, both signals are taken here.
   *
   * @param told takes lines for a person, from several threads
   */
  static Interruption watch(Consumer<String> told) {
    Interruption interruption = new Interruption(told);
    EXIT_CODES.forEach(
        (signal, code) ->
            interruption.handlersBefore.put(
                signal, Signals.register(signal, () -> interruption.ask(signal, code))));
    return interruption;
  }

  /**
   * What is said at the end.
   *
   * @param where where the work stands at that moment
   * @param command the command line by which it goes on
   */
  void standing(Supplier<String> where, Supplier<String> command) {
    standing = where;
    next = command;
  }

  /** Whether the command was asked to end. */
  boolean isAsked() {
    return exitCode.get() != 0;
  }

  /**
   * Runs a command. Where it fails after it was asked to end, that is its end, and not a failure.
   *
   * @return the command's exit code, or that of its signal
   */
  int run(Callable<Integer> command) throws Exception {
    try {
      return command.call();
    } catch (RuntimeException e) {
      if (!isAsked()) {
        throw e;
      }
      sayWhereItStands();
      return exitCode.get();
    }
  }

  private void ask(String signal, int code) {
    if (!exitCode.compareAndSet(0, code)) {
      Runtime.getRuntime().halt(code);
    }
    told.accept(
        "%s: ending the calls under way (%d s at most); Ctrl-C again ends at once"
            .formatted(signal.equals("INT") ? "Ctrl-C" : "SIG" + signal, LONGEST_END.toSeconds()));
    Thread.ofPlatform().name("longest end").daemon().start(() -> endLate(code));
  }

  private void endLate(int code) {
    try {
      Thread.sleep(LONGEST_END);
    } catch (InterruptedException e) {
      return;
    }
    if (sayWhereItStands()) {
      Runtime.getRuntime().halt(code);
    }
  }

  /** Says it once. */
  private boolean sayWhereItStands() {
    if (!isOver.compareAndSet(false, true)) {
      return false;
    }
    told.accept("ended: " + standing.get());
    Supplier<String> command = next;
    if (command != null) {
      told.accept("Nothing is lost: what was done is noted. This goes on where it ended:");
      told.accept("  " + command.get());
    }
    return true;
  }

  @Override
  public void close() {
    isOver.set(true);
    handlersBefore.forEach(Signals::unregister);
  }
}
