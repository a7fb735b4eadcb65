package io.tapline.bench.hot;

import io.tapline.bench.data.GeneratedText;
import io.tapline.bench.data.Packed;
import io.tapline.bench.data.Shape;
import io.tapline.bench.data.TextForm;
import io.tapline.bench.rig.MadeUpRows;
import io.tapline.export.ExportReader;
import io.tapline.export.ReadPosition;
import io.tapline.export.Row;
import io.tapline.sync.Format;
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
import org.openjdk.jmh.infra.Blackhole;

/** The text of an export to rows, and nothing else, in rows a second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class ReadingBenchmark {

  private static final int ROWS = 10_000;

  @Param private TextForm form;

  private byte[] text;
  private Format format;

  /** Makes the export up. */
  @Setup
  public void setUp() {
    text = Packed.bytes(new GeneratedText(Shape.PROFILES, form, ROWS), false);
    format = MadeUpRows.sync(Shape.PROFILES).format().resolve("export" + form.ending());
  }

  /** Splits it into rows. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public void read(Blackhole hole) throws IOException {
    try (ExportReader reader =
        ExportReader.open(new ByteArrayInputStream(text), format, ReadPosition.START, null)) {
      for (Row row = reader.next(); row != null; row = reader.next()) {
        hole.consume(row);
      }
    }
  }
}
