package io.tapline.bench.hot;

import io.tapline.bench.data.Shape;
import io.tapline.bench.data.TextForm;
import io.tapline.bench.rig.MadeUpRows;
import io.tapline.export.Row;
import io.tapline.record.RecordMapper;
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
import org.openjdk.jmh.infra.Blackhole;

/** Rows of a CSV export to checked JSON of CleverTap's, in rows a second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class MappingBenchmark {

  private static final int ROWS = 1000;

  @Param private Shape shape;

  private List<Row> rows;
  private RecordMapper mapper;

  /** Reads the rows. */
  @Setup
  public void setUp() {
    MadeUpRows made = MadeUpRows.read(shape, TextForm.CSV, ROWS);
    rows = made.rows();
    mapper = made.mapper();
  }

  /** Maps and checks each row. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public void map(Blackhole hole) {
    for (Row row : rows) {
      hole.consume(mapper.map(row));
    }
  }
}
