package io.tapline.chunk;

import io.tapline.export.BrokenRow;
import io.tapline.export.DelimitedRow;
import io.tapline.export.JsonRow;
import io.tapline.export.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a chunk that is being filled, in the order of the export. They lie column by column,
 * as {@link StoredRows} has them, since what is alike packs better side by side. Adding a row does
 * not look at its text. Not thread-safe.
 */
public final class ChunkBuffer {

  /** One worker call takes at most this many bytes of row content. */
  public static final int MAX_BYTES = 4 << 20;

  private final int maxRows;
  private final GrowingBytes numbers = new GrowingBytes();
  private final GrowingBytes kinds = new GrowingBytes();
  private final List<ChunkColumn> columns = new ArrayList<>();
  private int rows;
  private long lastNumber;
  private int content;

  /** A buffer for at most {@code maxRows} rows. */
  public ChunkBuffer(int maxRows) {
    this.maxRows = maxRows;
  }

  /** Whether nothing was added since the last {@link #drain()}. */
  public boolean isEmpty() {
    return rows == 0;
  }

  /** Whether {@code row} has no place here any more; an empty buffer has one for every row. */
  public boolean isFullFor(Row row) {
    return rows == maxRows || (rows > 0 && content + contentOf(row) > MAX_BYTES);
  }

  /** Adds a row for which there is place. */
  public void add(Row row) {
    numbers.putSigned(row.number() - lastNumber);
    lastNumber = row.number();
    switch (row) {
      case DelimitedRow delimited -> putFields(delimited);
      case JsonRow json -> putText(RowKind.JSON, json.line().getBytes(StandardCharsets.UTF_8));
      case BrokenRow broken -> putText(RowKind.BROKEN, StoredRows.brokenToJson(broken));
    }
    rows++;
    content += contentOf(row);
  }

  /** Hands out what was added, and is empty again. */
  public FilledChunk drain() {
    FilledChunk drained =
        new FilledChunk(
            rows,
            numbers.drain(),
            kinds.drain(),
            columns.stream().filter(column -> !column.isEmpty()).map(ChunkColumn::drain).toList());
    rows = 0;
    lastNumber = 0;
    content = 0;
    return drained;
  }

  private static int contentOf(Row row) {
    return switch (row) {
      case DelimitedRow delimited -> delimited.bytes().length;
      case JsonRow json -> utf8Length(json.line());
      case BrokenRow broken -> broken.line() == null ? 0 : utf8Length(broken.line());
    };
  }

  private static int utf8Length(String line) {
    int length = line.length();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c >= 0x80) {
        // A pair of surrogates, two chars, has four bytes.
        length += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
      }
    }
    return length;
  }

  private void putFields(DelimitedRow row) {
    int size = row.size();
    kinds.putNumber(RowKind.DELIMITED + size);
    makeColumns(size);
    byte[] text = row.bytes();
    int start = 0;
    for (int i = 0; i < size; i++) {
      int end = row.end(i);
      if (row.isNull(i)) {
        columns.get(i).addNull();
      } else {
        columns.get(i).add(text, start, end - start);
      }
      start = end;
    }
  }

  private void putText(int kind, byte[] line) {
    kinds.putNumber(kind);
    makeColumns(1);
    columns.getFirst().add(line, 0, line.length);
  }

  private void makeColumns(int count) {
    while (columns.size() < count) {
      columns.add(new ChunkColumn());
    }
  }
}
