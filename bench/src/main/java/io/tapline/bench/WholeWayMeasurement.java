package io.tapline.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The whole way on one machine, with the latency that CleverTap has and without. */
final class WholeWayMeasurement implements Measurement {

  private static final Duration LATENCY = Duration.ofMillis(200);

  /** What ten calls of 1000 records at once come to, at that latency. */
  private static final double LIMIT = WholePush.THREADS * 1000 / 0.2;

  @Override
  public Section measure(Workbench bench) throws IOException, InterruptedException {
    List<Double> share = new ArrayList<>();
    List<Double> withLatency = new ArrayList<>();
    List<Double> without = new ArrayList<>();
    List<Double> seconds = new ArrayList<>();
    WholePush whole = new WholePush(bench);
    for (int round = 1; round <= bench.sizes().runs(); round++) {
      double slow = whole.push(WholePush.OPTIONS, LATENCY).rate();
      share.add(slow / LIMIT);
      withLatency.add(slow);
      WholePush.Pushed fast = whole.push(WholePush.OPTIONS, Duration.ZERO);
      without.add(fast.rate());
      seconds.add(fast.seconds());
    }
    return new Section(
        "The whole way on one machine",
        List.of(
            Line.of(
                "rows a second at 200 ms latency, share of 50,000",
                share,
                "%.2f",
                Target.atLeast(0.9)),
            Line.of("rows a second at 200 ms latency", withLatency, "%,.0f"),
            Line.of("rows a second without latency", without, "%,.0f", Target.atLeast(LIMIT)),
            Line.of("from start to end without latency", seconds, "%.1f s")));
  }
}
