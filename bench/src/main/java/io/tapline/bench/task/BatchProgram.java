package io.tapline.bench.task;

import io.tapline.bench.data.Shape;
import io.tapline.bench.rig.MadeUpRows;
import io.tapline.export.ExportReader;
import io.tapline.export.ReadPosition;
import io.tapline.export.Row;
import io.tapline.record.Columns;
import io.tapline.record.Mapped;
import io.tapline.record.RecordMapper;
import io.tapline.record.TypeTally;
import io.tapline.sync.Sync;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A CSV file of profiles to the bodies of calls in one pass, with Tapline's reader and mapper. The
 * types of the columns are declared, as they are in the program that it is compared with.
 */
final class BatchProgram {

  private static final int ROWS_PER_BATCH = 1000;
  private static final byte[] BEGINNING = "{\"d\":[".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "]}".getBytes(StandardCharsets.US_ASCII);

  private final Sync sync = MadeUpRows.sync(Shape.PROFILES);
  private final ByteArrayOutputStream batch = new ByteArrayOutputStream(1 << 20);
  private int inBatch;
  private long rows;
  private long bytes;

  /** Makes all batches and returns the number of rows. */
  long run(Path csv) throws IOException {
    try (ExportReader reader = open(csv)) {
      RecordMapper mapper = mapper(reader);
      for (Row row = reader.next(); row != null; row = reader.next()) {
        add(row, mapper);
      }
    }
    finish();
    return rows;
  }

  /**
   * The same on two threads: one reads a chunk ahead while the other one maps, as the splitter
   * reads while workers map.
   */
  long runOnTwoThreads(Path csv) throws IOException, InterruptedException {
    try (ExportReader reader = open(csv);
        ExecutorService thread = Executors.newSingleThreadExecutor()) {
      RecordMapper mapper = mapper(reader);
      List<Row> chunk = readChunk(reader);
      while (!chunk.isEmpty()) {
        Future<List<Row>> next = thread.submit(() -> readChunk(reader));
        chunk.forEach(row -> add(row, mapper));
        chunk = next.get();
      }
    } catch (ExecutionException e) {
      throw new IOException(e);
    }
    finish();
    return rows;
  }

  /** Bytes of all batches. */
  long bytes() {
    return bytes;
  }

  private ExportReader open(Path csv) throws IOException {
    return ExportReader.open(
        Files.newInputStream(csv), sync.format().resolve(csv.toString()), ReadPosition.START, null);
  }

  private RecordMapper mapper(ExportReader reader) {
    Columns columns = Columns.of(sync, reader.header().names());
    return RecordMapper.of(sync, columns, new TypeTally(columns).decide(Map.of()), Instant.EPOCH);
  }

  private static List<Row> readChunk(ExportReader reader) throws IOException {
    List<Row> chunk = new ArrayList<>(ROWS_PER_BATCH);
    Row row;
    while (chunk.size() < ROWS_PER_BATCH && (row = reader.next()) != null) {
      chunk.add(row);
    }
    return chunk;
  }

  private void add(Row row, RecordMapper mapper) {
    rows++;
    if (!(mapper.map(row) instanceof Mapped mapped)) {
      throw new IllegalStateException("a made-up row is rejected");
    }
    if (inBatch == 0) {
      batch.writeBytes(BEGINNING);
    } else {
      batch.write(',');
    }
    batch.writeBytes(mapped.bytes());
    if (++inBatch == ROWS_PER_BATCH) {
      finish();
    }
  }

  private void finish() {
    if (inBatch > 0) {
      batch.writeBytes(END);
      bytes += batch.toByteArray().length;
      batch.reset();
      inBatch = 0;
    }
  }
}
