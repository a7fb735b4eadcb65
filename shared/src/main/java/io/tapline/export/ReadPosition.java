package io.tapline.export;

/**
 * A place between two rows from which reading can go on and gives the same rows as one read from
 * the start.
 *
 * @param textOffset bytes of inflated text before it
 * @param memberOffset where in the object's bytes reading has to start: where the gz member starts
 *     that holds it; for a plain export the place itself
 * @param memberTextOffset bytes of inflated text before {@code memberOffset}
 * @param line lines before it
 * @param rows rows before it
 */
public record ReadPosition(
    long textOffset, long memberOffset, long memberTextOffset, long line, long rows) {

  /** Before the header. */
  public static final ReadPosition START = new ReadPosition(0, 0, 0, 0, 0);
}
