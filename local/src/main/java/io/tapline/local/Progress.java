package io.tapline.local;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Tells on a terminal, or in plain lines where there is none, how far a push is. Not thread-safe.
 */
final class Progress implements AutoCloseable {

  private static final long LINE_EVERY_MILLIS = 5000;

  private final PrintWriter out;
  private final boolean isTerminal;
  private @Nullable ProgressBar bar;
  private long lastLine = System.nanoTime();

  /** Progress on a terminal, if the launcher found one: it asked its shell. */
  static Progress of(PrintWriter out) {
    return new Progress(out, Boolean.getBoolean("tapline.terminal"));
  }

  Progress(PrintWriter out, boolean isTerminal) {
    this.out = out;
    this.isTerminal = isTerminal;
  }

  /** Says that something begins or is done. */
  void say(String line) {
    endBar();
    out.println(line);
    out.flush();
  }

  /** Shows how many rows are through. */
  void rows(long done, long total) {
    if (isTerminal) {
      ProgressBar shown = bar;
      if (shown == null) {
        shown =
            new ProgressBarBuilder()
                .setTaskName("pushing")
                .setUnit(" rows", 1)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .showSpeed()
                .build();
        bar = shown;
      }
      shown.maxHint(total);
      shown.stepTo(done);
    } else if (Duration.ofNanos(System.nanoTime() - lastLine).toMillis() >= LINE_EVERY_MILLIS) {
      lastLine = System.nanoTime();
      out.println(String.format(Locale.ROOT, "pushing: %,d of %,d rows", done, total));
      out.flush();
    }
  }

  private void endBar() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  @Override
  public void close() {
    endBar();
  }
}
