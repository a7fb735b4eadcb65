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

/** The stored form of a chunk: what {@link ChunkBuffer} wrote, packed with gzip. */
public final class StoredRows {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private StoredRows() {}

  /** Packs the rows of a chunk. The same rows give the same bytes. */
  public static byte[] pack(byte[] stored) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(stored.length / 4 + 64);
    try (GZIPOutputStream gz = new FastGzip(packed)) {
      gz.write(stored);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /**
   * Reads a packed chunk back: its rows in the order of the export.
   *
   * @throws IllegalStateException when it is not what {@link #pack} wrote; its message names the
   *     row and quotes nothing of it
   */
  public static List<Row> unpack(byte[] packed) {
    byte[] stored;
    try (GZIPInputStream gz = new GZIPInputStream(new ByteArrayInputStream(packed), 64 << 10)) {
      stored = gz.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("a chunk is no gzip that can be read", e);
    }
    List<Row> rows = new ArrayList<>(1000);
    StoredBytes bytes = new StoredBytes(stored);
    while (bytes.hasMore()) {
      rows.add(row(bytes, rows.size() + 1));
    }
    return rows;
  }

  private static Row row(StoredBytes bytes, int place) {
    try {
      long number = bytes.number();
      int kind = bytes.count();
      return switch (kind) {
        case ChunkBuffer.JSON -> json(number, new String(bytes.take(), StandardCharsets.UTF_8));
        case ChunkBuffer.BROKEN -> broken(number, JSON.readTree(bytes.take()));
        default -> delimited(number, kind - ChunkBuffer.DELIMITED, bytes);
      };
    } catch (IOException | IndexOutOfBoundsException e) {
      // Left out as the cause: its message may quote the row.
      throw new IllegalStateException("row " + place + " of a chunk is not as it was stored");
    }
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

  private static DelimitedRow delimited(long number, int size, StoredBytes bytes) {
    int[] ends = new int[bytes.checked(size)];
    boolean[] nulls = new boolean[size];
    int end = 0;
    for (int i = 0; i < size; i++) {
      int length = bytes.count();
      if (length == 0) {
        nulls[i] = true;
      } else {
        end += bytes.checked(length - 1);
      }
      ends[i] = end;
    }
    return new DelimitedRow(number, bytes.take(end), ends, nulls);
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
  }
}
