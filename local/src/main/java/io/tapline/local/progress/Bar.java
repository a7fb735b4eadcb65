package io.tapline.local.progress;

import java.util.Locale;

/**
 * A look at a stage as one line of a terminal: a bar and figures, the fullest that leave room for
 * the bar. All of it is ASCII, so that a character is a column.
 */
final class Bar {

  /** A bar of fewer columns tells nothing. */
  private static final int SHORTEST = 6;

  private static final int LONGEST = 40;

  /** The brackets of a bar, and the space behind it. */
  private static final int FRAME = 3;

  private Bar() {}

  /**
   * Draws it.
   *
   * @param width columns that it may have; what can't be told in them is left out
   */
  static String of(Look look, int width) {
    String stage = String.format(Locale.ROOT, "%s %3d%% ", look.stage(), look.percent());
    for (String figures : look.figures()) {
      int room = width - stage.length() - FRAME - figures.length();
      if (room >= SHORTEST) {
        return stage + bar(look, Math.min(room, LONGEST)) + " " + figures;
      }
    }
    String line = stage + look.figures().getLast();
    return line.length() <= width ? line : line.substring(0, Math.max(0, width));
  }

  private static String bar(Look look, int columns) {
    int full = columns * look.percent() / 100;
    boolean hasTip = full < columns;
    return "["
        + "=".repeat(full)
        + (hasTip ? ">" : "")
        + " ".repeat(hasTip ? columns - full - 1 : 0)
        + "]";
  }
}
