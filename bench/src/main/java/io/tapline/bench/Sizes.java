package io.tapline.bench;

import java.util.List;

/**
 * How much is measured.
 *
 * @param runs how often each thing is measured
 * @param textBytes text of the exports that are staged from a file
 * @param pushedRows rows of the export that is pushed the whole way
 * @param pushedChunks chunks that a worker pushes
 * @param madeUpBytes text of the exports that are staged without a file, in rising order
 * @param listBytes size of the custom list
 * @param grownRows rows of the exports whose time a row is compared, in rising order
 * @param closedChunks chunks of the run that is closed
 * @param heapStepMb how exactly the smallest heap is looked for
 */
record Sizes(
    int runs,
    long textBytes,
    long pushedRows,
    int pushedChunks,
    List<Long> madeUpBytes,
    long listBytes,
    List<Long> grownRows,
    int closedChunks,
    int heapStepMb) {

  private static final long MB = 1_000_000;

  /** What the targets are about. */
  static final Sizes WHOLE =
      new Sizes(
          5,
          1000 * MB,
          1_000_000,
          500,
          List.of(10 * MB, 100 * MB, 1000 * MB, 10_000 * MB),
          5000 * MB,
          List.of(100_000L, 1_000_000L, 10_000_000L),
          10_000,
          4);

  /** Just to see that all of it runs. */
  static final Sizes QUICK =
      new Sizes(1, MB, 2_000, 2, List.of(MB, 2 * MB), 20 * MB, List.of(5_000L, 10_000L), 30, 256);

  /** The same, each thing measured so often. */
  Sizes withRuns(int number) {
    return new Sizes(
        number,
        textBytes,
        pushedRows,
        pushedChunks,
        madeUpBytes,
        listBytes,
        grownRows,
        closedChunks,
        heapStepMb);
  }

  /** The same, with so much text in the exports that are staged from a file. */
  Sizes withTextMegabytes(int megabytes) {
    return new Sizes(
        runs,
        megabytes * MB,
        pushedRows,
        pushedChunks,
        madeUpBytes,
        listBytes,
        grownRows,
        closedChunks,
        heapStepMb);
  }
}
