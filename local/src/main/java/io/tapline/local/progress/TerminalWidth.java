package io.tapline.local.progress;

import java.io.IOException;
import java.util.function.IntSupplier;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/**
 * How many columns the terminal of this process has, also after it was made wider or narrower.
 * Looked for when it is first asked. Not thread-safe.
 */
final class TerminalWidth implements IntSupplier {

  /** What a terminal has that doesn't say. */
  private static final int USUAL = 80;

  private @Nullable Terminal terminal;
  private boolean isOpened;

  private static @Nullable Terminal open() {
    try {
      // Its signals stay as they are: a Ctrl-C is not for it.
      return TerminalBuilder.builder().system(true).dumb(true).nativeSignals(false).build();
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public int getAsInt() {
    if (!isOpened) {
      terminal = open();
      isOpened = true;
    }
    int columns = terminal == null ? 0 : terminal.getWidth();
    return columns > 0 ? columns : USUAL;
  }
}
