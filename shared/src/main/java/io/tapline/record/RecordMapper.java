package io.tapline.record;

import io.tapline.export.Row;
import io.tapline.sync.ColumnType;
import io.tapline.sync.Sync;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Maps the rows of one export to CleverTap's records, or to rejections. It never throws for what a
 * row holds. Not thread-safe.
 */
public final class RecordMapper {

  private final RowEncoder encoder;

  private RecordMapper(RowEncoder encoder) {
    this.encoder = encoder;
  }

  /**
   * A mapper of one export's rows.
   *
   * @param types what {@link TypeTally#decide} gave for these columns
   * @param exportLastModified the time of events that bring none
   */
  public static RecordMapper of(
      Sync sync, Columns columns, ColumnTypes types, Instant exportLastModified) {
    ValueWriters writers = new ValueWriters(sync.arrayPropertyOperation());
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < columns.all().size(); i++) {
      // A column of nulls only has no type, and no value to send in one.
      ColumnType type = types.type(i).orElse(ColumnType.STRING);
      Column column = columns.all().get(i);
      fields.add(Field.of(column, writers.of(column, type)));
    }
    return new RecordMapper(new RowEncoder(sync, columns, fields, exportLastModified));
  }

  /** The record of a row, or why it can't be sent. */
  public MappedRow map(Row row) {
    return switch (encoder.encode(row)) {
      case Encoded.User user -> new Mapped(row.number(), user.id(), encoder.bytes());
      case Fault fault -> fault.ofRow(row.number());
    };
  }
}
