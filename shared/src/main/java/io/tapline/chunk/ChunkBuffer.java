package io.tapline.chunk;

import io.tapline.export.BrokenRow;
import io.tapline.export.DelimitedRow;
import io.tapline.export.JsonRow;
import io.tapline.export.Row;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The rows of a chunk that is being filled, in their stored form, one behind the other. A row is
 * its number, then what it is, as a number: {@value #JSON} for a line of JSONL and {@value #BROKEN}
 * for the JSON that says why a row is broken, each followed by its length in bytes and itself; from
 * {@value #DELIMITED} on a row of a delimited export with so many fields more, followed by the
 * length of each and one, or 0 for null, and the text of all. Numbers have seven bits a byte, the
 * lowest first, and the top bit where another byte follows. So neither writing nor reading looks at
 * the text. Not thread-safe.
 */
public final class ChunkBuffer {

  static final int JSON = 0;
  static final int BROKEN = 1;
  static final int DELIMITED = 2;

  /** One worker call takes at most this many bytes of row content. */
  public static final int MAX_BYTES = 4 << 20;

  /** What a number takes at most. */
  private static final int MAX_NUMBER = 10;

  private final int maxRows;
  private byte[] stored = new byte[64 << 10];
  private int length;
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
    makeRoom(2 * MAX_NUMBER);
    putNumber(row.number());
    switch (row) {
      case DelimitedRow delimited -> putFields(delimited);
      case JsonRow json -> putText(JSON, json.line().getBytes(StandardCharsets.UTF_8));
      case BrokenRow broken -> putText(BROKEN, StoredRows.brokenToJson(broken));
    }
    rows++;
    content += contentOf(row);
  }

  /** Hands out what was added, and is empty again. */
  public byte[] drain() {
    byte[] drained = Arrays.copyOf(stored, length);
    length = 0;
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

  private void putFields(DelimitedRow row) {
    int size = row.size();
    int text = size == 0 ? 0 : row.end(size - 1);
    putNumber(DELIMITED + size);
    makeRoom(size * MAX_NUMBER + text);
    int start = 0;
    for (int i = 0; i < size; i++) {
      int end = row.end(i);
      putNumber(row.isNull(i) ? 0 : end - start + 1);
      start = end;
    }
    System.arraycopy(row.bytes(), 0, stored, length, text);
    length += text;
  }

  private void putText(int kind, byte[] text) {
    putNumber(kind);
    makeRoom(MAX_NUMBER + text.length);
    putNumber(text.length);
    System.arraycopy(text, 0, stored, length, text.length);
    length += text.length;
  }

  private void putNumber(long number) {
    long rest = number;
    while (rest >= 0x80) {
      stored[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    stored[length++] = (byte) rest;
  }

  private void makeRoom(int bytes) {
    if (stored.length - length < bytes) {
      stored = Arrays.copyOf(stored, Math.max(2 * stored.length, length + bytes));
    }
  }
}
