package io.tapline.bench.hot;

import io.tapline.bench.data.Shape;
import io.tapline.bench.data.TextForm;
import io.tapline.bench.rig.MadeUpRows;
import io.tapline.chunk.ChunkBuffer;
import io.tapline.chunk.StoredRows;
import io.tapline.export.Row;
import java.util.List;
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

/** Rows to a packed chunk and back, in rows a second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class ChunkBenchmark {

  private static final int ROWS = 1000;

  @Param({"CSV", "JSONL"})
  private TextForm form;

  private List<Row> rows;
  private byte[] packed;

  /** Reads the rows. */
  @Setup
  public void setUp() {
    rows = MadeUpRows.read(Shape.PROFILES, form, ROWS).rows();
    packed = write();
  }

  /** Writes and packs them. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public byte[] write() {
    ChunkBuffer buffer = new ChunkBuffer(ROWS);
    rows.forEach(buffer::add);
    return StoredRows.pack(buffer.drain());
  }

  /** Reads them back. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public List<Row> read() {
    return StoredRows.unpack(packed);
  }
}
