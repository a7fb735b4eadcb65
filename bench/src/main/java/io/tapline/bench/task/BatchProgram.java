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
import java.util.Map;

/**
 * A CSV file of profiles to the bodies of calls in one pass, with Tapline's reader and mapper. The
 * types of the columns are declared, as they are in the program that it is compared with.
 */
final class BatchProgram {

  private static final int ROWS_PER_BATCH = 1000;
  private static final byte[] BEGINNING = "{\"d\":[".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "]}".getBytes(StandardCharsets.US_ASCII);

  private long bytes;

  /** Makes all batches and returns the number of rows. */
  long run(Path csv) throws IOException {
    Sync sync = MadeUpRows.sync(Shape.PROFILES);
    long rows = 0;
    try (ExportReader reader =
        ExportReader.open(
            Files.newInputStream(csv),
            sync.format().resolve(csv.toString()),
            ReadPosition.START,
            null)) {
      Columns columns = Columns.of(sync, reader.header().names());
      RecordMapper mapper =
          RecordMapper.of(sync, columns, new TypeTally(columns).decide(Map.of()), Instant.EPOCH);
      ByteArrayOutputStream batch = new ByteArrayOutputStream(1 << 20);
      int inBatch = 0;
      for (Row row = reader.next(); row != null; row = reader.next()) {
        rows++;
        if (!(mapper.map(row) instanceof Mapped mapped)) {
          throw new IllegalStateException("a made-up row is rejected");
        }
        batch.writeBytes(inBatch == 0 ? BEGINNING : new byte[] {','});
        batch.writeBytes(mapped.bytes());
        if (++inBatch == ROWS_PER_BATCH) {
          finish(batch);
          inBatch = 0;
        }
      }
      if (inBatch > 0) {
        finish(batch);
      }
    }
    return rows;
  }

  /** Bytes of all batches. */
  long bytes() {
    return bytes;
  }

  private void finish(ByteArrayOutputStream batch) {
    batch.writeBytes(END);
    bytes += batch.toByteArray().length;
    batch.reset();
  }
}
