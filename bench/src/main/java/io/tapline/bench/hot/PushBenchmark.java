package io.tapline.bench.hot;

import io.tapline.bench.data.Shape;
import io.tapline.bench.rig.PushRig;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A worker's push of one chunk of 1000 rows, over an S3 in memory and a CleverTap that answers at
 * once: what a call costs beyond CleverTap's latency.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class PushBenchmark {

  @Param private Shape shape;

  private PushRig rig;

  /** Stages some chunks. */
  @Setup
  public void setUp() {
    rig = PushRig.of(shape, 10);
  }

  /** Pushes the next chunk. */
  @Benchmark
  public void push() {
    rig.pushNext();
  }
}
