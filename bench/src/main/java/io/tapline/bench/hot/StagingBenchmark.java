package io.tapline.bench.hot;

import io.tapline.bench.data.Content;
import io.tapline.bench.data.GeneratedText;
import io.tapline.bench.data.Packed;
import io.tapline.bench.data.Shape;
import io.tapline.bench.data.TextForm;
import io.tapline.bench.rig.StagingRig;
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

/**
 * An export in memory to typed, dealt and packed chunks, which nobody stores, in rows a second. It
 * works on three threads: one inflates, one reads, others pack.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class StagingBenchmark {

  private static final int ROWS = 20_000;

  @Param private TextForm form;

  @Param({"true", "false"})
  private boolean gz;

  /** Whether invalid rows are skipped; otherwise staging checks each row. */
  @Param({"true", "false"})
  private boolean skip;

  private Content export;
  private String ending;

  /** Makes the export up. */
  @Setup
  public void setUp() {
    export = Content.of(Packed.bytes(new GeneratedText(Shape.PROFILES, form, ROWS), gz));
    ending = form.ending() + (gz ? Packed.ENDING : "");
  }

  /** Stages it. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long stage() {
    return new StagingRig(Shape.PROFILES, export, ending, skip).stage();
  }
}
