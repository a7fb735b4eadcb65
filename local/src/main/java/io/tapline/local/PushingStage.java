package io.tapline.local;

import io.tapline.aws.Clock;
import io.tapline.local.progress.Amounts;
import io.tapline.local.progress.Look;
import io.tapline.local.progress.Pace;
import io.tapline.local.progress.Stage;
import java.util.List;

/** How far the workers are with a run. */
final class PushingStage implements Stage {

  private final Figures figures;
  private final long rows;
  private final Pace decided;

  /**
   * Begins now.
   *
   * @param rows how many the run takes up
   */
  PushingStage(Figures figures, long rows, Clock clock) {
    this.figures = figures;
    this.rows = rows;
    this.decided = new Pace(clock, figures.decided());
  }

  @Override
  public Look look() {
    long done = figures.decided();
    decided.at(done);
    int calls = figures.calls();
    String left = decided.left(rows).map(time -> ", " + Amounts.time(time) + " left").orElse("");
    return new Look(
        "pushing",
        done,
        rows,
        List.of(
            "%s of %s rows, %s rows/s, %d calls in flight, %s rejected%s"
                .formatted(
                    Amounts.full(done),
                    Amounts.full(rows),
                    Amounts.full(decided.perSecond()),
                    calls,
                    Amounts.full(figures.rejected()),
                    left),
            "%s/%s rows, %s/s, %d calls, %s rejected%s"
                .formatted(
                    Amounts.brief(done),
                    Amounts.brief(rows),
                    Amounts.brief(decided.perSecond()),
                    calls,
                    Amounts.brief(figures.rejected()),
                    left),
            "%s/%s rows%s".formatted(Amounts.brief(done), Amounts.brief(rows), left)));
  }
}
