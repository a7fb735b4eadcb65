package io.tapline.chunk;

/**
 * Names a chunk within its job.
 *
 * @param lane from 0
 * @param number its place in the lane, from 0
 */
public record ChunkId(int lane, int number) {

  /** As it stands in keys of the ledger: {@code <lane>-<number>}. */
  @Override
  public String toString() {
    return lane + "-" + number;
  }

  /** Reads {@link #toString()} back. */
  public static ChunkId parse(String text) {
    int dash = text.indexOf('-');
    return new ChunkId(
        Integer.parseInt(text, 0, dash, 10), Integer.parseInt(text, dash + 1, text.length(), 10));
  }
}
