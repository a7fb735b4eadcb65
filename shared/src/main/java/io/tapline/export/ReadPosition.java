package io.tapline.export;

/**
 * A place between two rows from which reading can go on and gives the same rows as one read from the start.
 *
 * @param textOffset bytes of inflated text before it
 * @param memberOffset where in the object's bytes the gz member starts that holds it; 0 for a plain export
 * @param memberTextOffset bytes of inflated text before that member; 0 for a plain export
 * @param line lines before it
 * @param rows rows before it
 */
public record ReadPosition(long textOffset, long memberOffset, long memberTextOffset, long line, long rows) {

  /** Before the header. */
  public static final ReadPosition START = new ReadPosition(0, 0, 0, 0, 0);
}
