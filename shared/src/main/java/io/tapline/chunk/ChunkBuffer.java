package io.tapline.chunk;

import io.tapline.export.BrokenRow;
import io.tapline.export.DelimitedRow;
import io.tapline.export.JsonRow;
import io.tapline.export.Row;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The rows of a chunk that is being filled, in its stored form: a line a row, its number, a space,
 * and the row. A row of a delimited export is a JSON array of texts and nulls, a row of a JSONL
 * export is its own line, a broken row is {@code !} and a JSON object that says why. Not
 * thread-safe.
 */
public final class ChunkBuffer {

  /** Marks a broken row; no JSON begins with it. */
  static final char BROKEN = '!';

  /** One worker call takes at most this many bytes of row content. */
  public static final int MAX_BYTES = 4 << 20;

  private final ByteArrayOutputStream text = new ByteArrayOutputStream(64 << 10);
  private final int maxRows;
  private int rows;
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
    writeAscii(Long.toString(row.number()));
    text.write(' ');
    switch (row) {
      case DelimitedRow delimited -> writeFields(delimited);
      case JsonRow json -> text.writeBytes(json.line().getBytes(StandardCharsets.UTF_8));
      case BrokenRow broken -> {
        text.write(BROKEN);
        text.writeBytes(StoredRows.brokenToJson(broken));
      }
    }
    text.write('\n');
    rows++;
    content += contentOf(row);
  }

  /** Hands out what was added, and is empty again. */
  public byte[] drain() {
    byte[] drained = text.toByteArray();
    text.reset();
    rows = 0;
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

  private void writeFields(DelimitedRow row) {
    text.write('[');
    for (int i = 0; i < row.size(); i++) {
      if (i > 0) {
        text.write(',');
      }
      if (row.isNull(i)) {
        writeAscii("null");
      } else {
        writeString(row.bytes(), row.start(i), row.end(i));
      }
    }
    text.write(']');
  }

  /** Writes UTF-8 bytes as a JSON string; whole runs that need no escape are copied at once. */
  private void writeString(byte[] bytes, int start, int end) {
    text.write('"');
    int copied = start;
    for (int i = start; i < end; i++) {
      byte b = bytes[i];
      if (b == '"' || b == '\\' || (b >= 0 && b < 0x20)) {
        text.write(bytes, copied, i - copied);
        copied = i + 1;
        if (b == '"' || b == '\\') {
          text.write('\\');
          text.write(b);
        } else {
          writeAscii(b < 0x10 ? "\\u000" : "\\u001");
          text.write(Character.forDigit(b & 0xF, 16));
        }
      }
    }
    text.write(bytes, copied, end - copied);
    text.write('"');
  }

  private void writeAscii(String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      text.write(ascii.charAt(i));
    }
  }
}
