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

  /** Packs a chunk's text. The same text gives the same bytes. */
  public static byte[] pack(byte[] text) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(text.length / 4 + 64);
    try (GZIPOutputStream gz = new FastGzip(packed)) {
      gz.write(text);
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
    byte[] text;
    try (GZIPInputStream gz = new GZIPInputStream(new ByteArrayInputStream(packed), 64 << 10)) {
      text = gz.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("a chunk is no gzip that can be read", e);
    }
    List<Row> rows = new ArrayList<>(1000);
    int start = 0;
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\n') {
        rows.add(parse(text, start, i));
        start = i + 1;
      }
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

  private static Row parse(byte[] text, int start, int end) {
    int at = start;
    long number = 0;
    while (text[at] != ' ') {
      number = 10 * number + (text[at++] - '0');
    }
    at++;
    try {
      return switch (text[at]) {
        case '[' -> delimited(number, JSON.readValue(text, at, end - at, String[].class));
        case ChunkBuffer.BROKEN -> broken(number, JSON.readTree(text, at + 1, end - at - 1));
        default -> json(number, new String(text, at, end - at, StandardCharsets.UTF_8));
      };
    } catch (IOException e) {
      // Left out as the cause: its message quotes the row.
      throw new IllegalStateException("row " + number + " of a chunk is not as it was stored");
    }
  }

  private static DelimitedRow delimited(long number, String[] cells) {
    int[] ends = new int[cells.length];
    boolean[] nulls = new boolean[cells.length];
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    for (int i = 0; i < cells.length; i++) {
      String cell = cells[i];
      if (cell == null) {
        nulls[i] = true;
      } else {
        bytes.writeBytes(cell.getBytes(StandardCharsets.UTF_8));
      }
      ends[i] = bytes.size();
    }
    return new DelimitedRow(number, bytes.toByteArray(), ends, nulls);
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
