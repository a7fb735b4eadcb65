package io.tapline.bench.hot;

import io.tapline.bench.data.GeneratedText;
import io.tapline.bench.data.Packed;
import io.tapline.bench.data.Shape;
import io.tapline.bench.data.TextForm;
import io.tapline.bench.rig.Inflation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What {@link java.util.zip.GZIPInputStream} alone needs for an export, in rows a second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class InflatingBenchmark {

  private static final int ROWS = 10_000;

  @Param private TextForm form;

  private byte[] packed;

  /** Makes the export up. */
  @Setup
  public void setUp() {
    packed = Packed.bytes(new GeneratedText(Shape.PROFILES, form, ROWS), true);
  }

  /** Inflates it, and does nothing with the text. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long inflate() throws IOException {
    return Inflation.inflate(new ByteArrayInputStream(packed));
  }
}
