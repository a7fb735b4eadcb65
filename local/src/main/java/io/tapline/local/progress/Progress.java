package io.tapline.local.progress;

import java.io.PrintWriter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells how far work is: in one line of a terminal that is drawn anew all the time, or, where there
 * is none, in a line every five seconds. What is said stays, and the line goes on below it.
 * Thread-safe.
 */
public final class Progress implements AutoCloseable {

  private static final long DRAW_EVERY_MILLIS = 200;
  private static final long LINE_EVERY_MILLIS = 5000;

  /** Room for the {@code ^C} that a terminal shows: in another line it would stay. */
  private static final int MARGIN = 3;

  /** To the beginning of the line, and all of it away. */
  private static final String ERASE = "\r\033[K";

  private final PrintWriter out;
  private final @Nullable IntSupplier width;
  private final ScheduledExecutorService ticks;
  private @Nullable ScheduledFuture<?> ticking;
  private @Nullable Stage stage;
  private boolean isDrawn;

  /** Progress on a terminal, if the launcher found one: it asked its shell. */
  public static Progress of(PrintWriter out) {
    return new Progress(out, Boolean.getBoolean("tapline.terminal") ? new TerminalWidth() : null);
  }

  /**
   * Progress that is told here.
   *
   * @param width how many columns the terminal has at this moment; null: it is none
   */
  public Progress(PrintWriter out, @Nullable IntSupplier width) {
    this.out = out;
    this.width = width;
    this.ticks =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("progress").daemon().factory());
  }

  /** Says that something begins or is done. */
  public synchronized void say(String line) {
    erase();
    out.println(line);
    out.flush();
  }

  /** From now on this stage is shown, in place of the one before. */
  public synchronized void show(Stage shown) {
    hide();
    stage = shown;
    long every = width == null ? LINE_EVERY_MILLIS : DRAW_EVERY_MILLIS;
    ticking =
        ticks.scheduleWithFixedDelay(
            this::tick, width == null ? every : 0, every, TimeUnit.MILLISECONDS);
  }

  /** No stage is shown any more. */
  public synchronized void hide() {
    if (ticking != null) {
      ticking.cancel(false);
    }
    stage = null;
    erase();
    out.flush();
  }

  /** Looks at the stage, and tells what it sees. */
  synchronized void tick() {
    if (stage == null) {
      return;
    }
    Look look = stage.look();
    if (width == null) {
      out.println(look.stage() + ": " + look.figures().getFirst());
    } else {
      out.print(ERASE + Bar.of(look, width.getAsInt() - MARGIN));
      isDrawn = true;
    }
    out.flush();
  }

  private void erase() {
    if (isDrawn) {
      out.print(ERASE);
      isDrawn = false;
    }
  }

  @Override
  public void close() {
    hide();
    ticks.shutdown();
  }
}
