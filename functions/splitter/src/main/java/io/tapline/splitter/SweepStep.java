package io.tapline.splitter;

import io.tapline.aws.Clock;
import io.tapline.job.LogLine;
import io.tapline.job.Metric;
import io.tapline.job.MetricLine;
import io.tapline.job.Sweep;
import io.tapline.job.Swept;
import io.tapline.splitter.Split.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Sweeps: says what it finds, and starts the splitter with each job that has to go on. */
final class SweepStep {

  private final Sweep sweep;
  private final String installation;
  private final Clock clock;

  /**
   * Sweeps by {@code sweep}.
   *
   * @param installation the installation's name, for its metrics
   */
  SweepStep(Sweep sweep, String installation, Clock clock) {
    this.sweep = sweep;
    this.installation = installation;
    this.clock = clock;
  }

  /**
   * Sweeps once.
   *
   * @return the jobs that go on, and the exports that can't be pushed
   */
  List<Split> run(Invocation invocation) {
    List<Split> splits = new ArrayList<>();
    sweep.sweep(
        invocation.budget(),
        swept -> {
          switch (swept) {
            case Swept.GoesOn on -> splits.add(goOn(on, invocation));
            case Swept.Ignored ignored -> splits.add(ignore(ignored, invocation));
            case Swept.Dropped dropped ->
                invocation.log(
                    LogLine.warn("dropped")
                        .with("sync", dropped.marker().sync())
                        .with("job", dropped.marker().job()));
            case Swept.Unclaimed unclaimed ->
                invocation.log(
                    LogLine.warn("unclaimed")
                        .with("sync", unclaimed.sync())
                        .with("exports", unclaimed.exports())
                        .with("youngest", unclaimed.key()));
            case Swept.Expected expected -> tell(expected, invocation);
          }
        });
    return splits;
  }

  private static Split goOn(Swept.GoesOn on, Invocation invocation) {
    invocation.handOver(on.job());
    String key = on.job().export().key();
    invocation.log(
        LogLine.warn("started")
            .with("cause", on.cause().name().toLowerCase(Locale.ROOT))
            .with("key", key)
            .with("job", on.job().id())
            .with("sync", on.job().sync()));
    return new Split(key, on.job().id(), Status.HANDED_OVER, null);
  }

  private static Split ignore(Swept.Ignored ignored, Invocation invocation) {
    invocation.log(
        LogLine.warn("ignored")
            .with("key", ignored.key())
            .with("code", ignored.code())
            .with("message", ignored.message()));
    return new Split(ignored.key(), null, Status.IGNORED, ignored.code());
  }

  /** Writes the metric also where nothing is overdue, so that its alarm ends. */
  private void tell(Swept.Expected expected, Invocation invocation) {
    if (expected.overdue()) {
      Instant lastExport = expected.lastExport();
      invocation.log(
          LogLine.warn("overdue")
              .with("sync", expected.sync())
              .with("lastExport", lastExport == null ? null : lastExport.toString()));
    }
    invocation.log(
        new MetricLine(clock.instant(), installation, expected.sync())
            .with(Metric.EXPORTS_OVERDUE, expected.overdue() ? 1 : 0));
  }
}
