package io.tapline.chunk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapline.export.BrokenRow;
import io.tapline.export.DelimitedRow;
import io.tapline.export.JsonLine;
import io.tapline.export.JsonRow;
import io.tapline.export.Row;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The stored form of a chunk: gzip over its rows, column by column. First come the number of this
 * form, that of the rows and that of the bytes of the bits at the end; then the number of each row,
 * as its distance from the one before; the {@link RowKind} of each; the {@link PackedColumns};
 * their bits. A row of fewer columns has nothing in the others. Numbers are those of {@link
 * GrowingBytes}.
 */
public final class StoredRows {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The first number of a chunk. The form before this one had none, and began with its rows. */
  private static final int FORM = 2;

  private StoredRows() {}

  /** Packs the rows of a chunk. The same rows give the same bytes. */
  public static byte[] pack(FilledChunk chunk) {
    PackedColumns columns = new PackedColumns();
    chunk.columns().forEach(columns::add);
    byte[] bits = columns.bits();
    GrowingBytes head = new GrowingBytes();
    head.putNumber(FORM);
    head.putNumber(chunk.rows());
    head.putNumber(bits.length);
    ByteArrayOutputStream packed = new ByteArrayOutputStream(64 << 10);
    try (FastGzip gz = new FastGzip(packed)) {
      gz.write(head.drain());
      gz.write(chunk.numbers());
      gz.write(chunk.kinds());
      for (byte[] part : columns.parts()) {
        gz.write(part);
      }
      gz.store(bits);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /**
   * Reads a packed chunk back: its rows in the order of the export.
   *
   * @throws IllegalStateException when it is not what {@link #pack} wrote; its message quotes
   *     nothing of it
   */
  public static List<Row> unpack(byte[] packed) {
    byte[] stored;
    try (GZIPInputStream gz = new GZIPInputStream(new ByteArrayInputStream(packed), 64 << 10)) {
      stored = gz.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("a chunk is no gzip that can be read", e);
    }
    try {
      return rows(stored);
    } catch (IOException | IndexOutOfBoundsException | ArithmeticException e) {
      // Left out as the cause: its message may quote a row.
      throw new IllegalStateException("a chunk is not as it was stored");
    }
  }

  /**
   * How many rows a packed chunk has; only its beginning is read.
   *
   * @throws IllegalStateException when it is not what {@link #pack} wrote
   */
  public static int count(byte[] packed) {
    try (GZIPInputStream gz = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      StoredBytes stored = new StoredBytes(gz.readNBytes(2 * Long.BYTES));
      checkForm(stored);
      return stored.count();
    } catch (IOException | IndexOutOfBoundsException e) {
      throw new IllegalStateException("a chunk is not as it was stored", e);
    }
  }

  private static void checkForm(StoredBytes stored) {
    if (stored.count() != FORM) {
      throw new IllegalStateException(
          "a chunk was stored by another version of Tapline; push its export again with --again");
    }
  }

  private static List<Row> rows(byte[] bytes) throws IOException {
    StoredBytes stored = new StoredBytes(bytes);
    checkForm(stored);
    int count = stored.checked(stored.count());
    int bitsLength = stored.checked(stored.count());
    StoredBits bits = new StoredBits(bytes, bytes.length - bitsLength);
    long[] numbers = new long[count];
    long number = 0;
    for (int row = 0; row < count; row++) {
      number += stored.signed();
      numbers[row] = number;
    }
    int[] kinds = new int[count];
    for (int row = 0; row < count; row++) {
      kinds[row] = stored.count();
    }
    Fields fields = Fields.read(stored, bits, kinds);
    if (stored.rest() != bitsLength || bits.hasMore()) {
      throw new IndexOutOfBoundsException();
    }
    List<Row> rows = new ArrayList<>(count);
    for (int row = 0; row < count; row++) {
      byte[] text = fields.text(row);
      rows.add(
          switch (kinds[row]) {
            case RowKind.JSON -> json(numbers[row], new String(text, StandardCharsets.UTF_8));
            case RowKind.BROKEN -> broken(numbers[row], JSON.readTree(text));
            default -> new DelimitedRow(numbers[row], text, fields.ends(row), fields.nulls(row));
          });
    }
    return rows;
  }

  static byte[] brokenToJson(BrokenRow row) {
    ObjectNode node = JSON.createObjectNode();
    node.put("code", row.code()).put("reason", row.reason()).put("line", row.line());
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonRow json(long number, String line) throws JsonProcessingException {
    return new JsonRow(number, line, (ObjectNode) JsonLine.parse(line));
  }

  private static BrokenRow broken(long number, JsonNode node) {
    return new BrokenRow(
        number,
        node.path("code").asText(),
        node.path("reason").asText(),
        node.path("line").isTextual() ? node.path("line").asText() : null);
  }

  /** Chunks are read once, minutes after they were written: speed is worth more than size. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(ByteArrayOutputStream out) throws IOException {
      super(out, 32 << 10);
      def.setLevel(Deflater.BEST_SPEED);
    }

    /** Writes bytes as they are, as the last ones. */
    void store(byte[] bytes) throws IOException {
      def.setLevel(Deflater.NO_COMPRESSION);
      // A level is for what comes after the next call, whose input is still packed at the old one.
      int count;
      do {
        count = def.deflate(buf, 0, buf.length);
        out.write(buf, 0, count);
      } while (count == buf.length);
      write(bytes);
    }
  }
}
