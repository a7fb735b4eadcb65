package io.tapline.bench.rig;

import io.tapline.bench.data.GeneratedText;
import io.tapline.bench.data.Shape;
import io.tapline.bench.data.TextForm;
import io.tapline.export.ExportReader;
import io.tapline.export.ReadPosition;
import io.tapline.export.Row;
import io.tapline.record.Columns;
import io.tapline.record.MappedRow;
import io.tapline.record.RecordMapper;
import io.tapline.record.Rejection;
import io.tapline.record.TypeTally;
import io.tapline.sync.Sync;
import io.tapline.sync.SyncLoader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Some rows of a made-up export, read, and what maps them. The mapper is for one thread.
 *
 * @param rows all of them valid
 */
public record MadeUpRows(List<Row> rows, RecordMapper mapper) {

  /** Reads the first rows of an export. */
  public static MadeUpRows read(Shape shape, TextForm form, int count) {
    GeneratedText text = new GeneratedText(shape, form, count);
    byte[] bytes = text.read(0, Math.toIntExact(text.size()));
    Sync sync = sync(shape);
    try (ExportReader reader =
        ExportReader.open(
            new ByteArrayInputStream(bytes),
            sync.format().resolve("export" + form.ending()),
            ReadPosition.START,
            null)) {
      Columns columns = Columns.of(sync, reader.header().names());
      TypeTally types = new TypeTally(columns);
      List<Row> rows = new ArrayList<>();
      for (Row row = reader.next(); row != null; row = reader.next()) {
        types.add(row);
        rows.add(row);
      }
      RecordMapper mapper =
          RecordMapper.of(
              sync, columns, types.decide(Map.of()), Instant.parse("2026-11-24T12:00:00Z"));
      rows.forEach(row -> requireValid(mapper.map(row)));
      return new MadeUpRows(List.copyOf(rows), mapper);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The sync of such an export. */
  public static Sync sync(Shape shape) {
    return SyncLoader.load(
        StagingRig.SYNC, shape.settings(1, true).getBytes(StandardCharsets.UTF_8), "benchmark");
  }

  private static void requireValid(MappedRow row) {
    if (row instanceof Rejection rejection) {
      throw new IllegalStateException("a made-up row is rejected: " + rejection);
    }
  }
}
