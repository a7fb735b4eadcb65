package io.tapline.local;

import io.tapline.local.progress.Amounts;
import io.tapline.local.progress.Look;
import io.tapline.local.progress.Stage;
import java.util.List;

/** How far the finalizer is with a run of which all rows are decided. */
final class FinalizingStage implements Stage {

  private final Figures figures;
  private final int chunks;

  /**
   * Begins now.
   *
   * @param chunks how many the run took up
   */
  FinalizingStage(Figures figures, int chunks) {
    this.figures = figures;
    this.chunks = chunks;
  }

  @Override
  public Look look() {
    long sent = figures.listSent();
    long size = figures.listSize();
    return sent < size
        ? look(
            sent, size, "list: %s of %s sent".formatted(Amounts.bytes(sent), Amounts.bytes(size)))
        : look(
            figures.outcomesRead(),
            chunks,
            "report: %s of %s chunks added up"
                .formatted(Amounts.full(figures.outcomesRead()), Amounts.full(chunks)));
  }

  private static Look look(long done, long total, String figures) {
    return new Look("finalizing", done, total, List.of(figures));
  }
}
