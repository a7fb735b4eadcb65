package io.tapline.local;

import io.tapline.aws.Clock;
import io.tapline.local.progress.Amounts;
import io.tapline.local.progress.Look;
import io.tapline.local.progress.Pace;
import io.tapline.local.progress.Stage;
import java.util.List;

/** How far the splitter is with an export. */
final class StagingStage implements Stage {

  private final Figures figures;
  private final long bytes;
  private final Pace rows;
  private final Pace read;

  /**
   * Begins now.
   *
   * @param bytes the size of the export
   */
  StagingStage(Figures figures, long bytes, Clock clock) {
    this.figures = figures;
    this.bytes = bytes;
    this.rows = new Pace(clock, figures.staged());
    this.read = new Pace(clock, figures.exportRead());
  }

  @Override
  public Look look() {
    rows.at(figures.staged());
    read.at(figures.exportRead());
    String done = Amounts.bytes(figures.exportRead());
    String total = Amounts.bytes(bytes);
    String left = read.left(bytes).map(time -> ", " + Amounts.time(time) + " left").orElse("");
    return new Look(
        "staging",
        figures.exportRead(),
        bytes,
        List.of(
            "%s of %s read, %s rows, %s rows/s%s"
                .formatted(
                    done,
                    total,
                    Amounts.full(figures.staged()),
                    Amounts.full(rows.perSecond()),
                    left),
            "%s of %s, %s rows, %s rows/s%s"
                .formatted(
                    done,
                    total,
                    Amounts.brief(figures.staged()),
                    Amounts.brief(rows.perSecond()),
                    left),
            "%s of %s%s".formatted(done, total, left)));
  }
}
