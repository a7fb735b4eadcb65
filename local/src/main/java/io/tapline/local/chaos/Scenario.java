package io.tapline.local.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapline.local.chaos.Export.ExportRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/**
 * What is pushed in a run: a sync, and one or two of its exports, each of some hundred small
 * chunks.
 *
 * @param exports in the order in which they are put
 * @param threadCount the sync's
 * @param rowsPerMark small, so that chunks are small and there are marks to go on from
 * @param chunksPerWindow small, so that there are windows
 * @param maxReceives the receives after which a message is dead
 */
record Scenario(
    Target target,
    List<Export> exports,
    int threadCount,
    int rowsPerMark,
    int chunksPerWindow,
    int maxReceives) {

  static final String SYNC = "chaos";

  private static final String PREFIX = "exports/";
  private static final long IDS_PER_EXPORT = 1_000_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The scenario of a seed. */
  static Scenario of(Target target, Kind kind, long seed) {
    Random random = new Random(seed);
    int threadCount = 1 + random.nextInt(8);
    Form form = Form.draw(kind, random);
    List<Export> exports = new ArrayList<>();
    exports.add(export(target, 0, PREFIX + 0 + form.ending(), form, random));
    if (kind.overwritesExport()) {
      exports.add(export(target, 1, PREFIX + 0 + form.ending(), form, random));
    } else if (kind.repeatsEvents()) {
      Form another = Form.draw(kind, random);
      exports.add(export(target, 1, PREFIX + 1 + another.ending(), another, random));
    }
    return new Scenario(
        target,
        exports,
        threadCount,
        4 * threadCount + random.nextInt(20),
        threadCount + random.nextInt(40),
        kind.maxReceives());
  }

  /**
   * The sync's file. Retries wait for the shortest time, so that their jitter does not count.
   *
   * @param skips whether the sync skips invalid rows; else one of them stops the job
   */
  byte[] settings(boolean skips) {
    return """
    {"connection": "stand-in", "prefix": "%s", %s, "threadCount": %d,
     "since": "2026-01-01T00:00:00Z", "skipOnInvalidRecord": %b, "retry": {"firstDelay": "1ms", "maxDelay": "1ms"}}
    """
        .formatted(PREFIX, target.settings(), threadCount, skips)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Export export(Target target, int number, String key, Form form, Random random) {
    int count = 500 + random.nextInt(500);
    int users = 1 + random.nextInt(count);
    List<ExportRow> rows = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      long id = number * IDS_PER_EXPORT + i;
      String user = target.shape().user(random.nextInt(users), id);
      rows.add(new ExportRow(id, user, random.nextInt(30) != 0));
    }
    return new Export(key, form.write(target.shape(), rows), rows);
  }

  /** The form of an export. */
  private record Form(boolean isJson, boolean isZipped) {

    static Form draw(Kind kind, Random random) {
      return new Form(random.nextInt(4) == 0, random.nextBoolean() || kind.zips());
    }

    String ending() {
      return (isJson ? ".jsonl" : ".csv") + (isZipped ? ".gz" : "");
    }

    byte[] write(RowShape shape, List<ExportRow> rows) {
      StringBuilder text = new StringBuilder();
      if (!isJson) {
        text.append(String.join(",", shape.columns(rows.getFirst()).keySet())).append("\r\n");
      }
      rows.forEach(row -> text.append(isJson ? json(shape, row) : csv(shape, row)));
      byte[] content = text.toString().getBytes(StandardCharsets.UTF_8);
      return isZipped ? zip(content) : content;
    }

    private static String csv(RowShape shape, ExportRow row) {
      return shape.columns(row).values().stream()
          .map(Object::toString)
          .map(value -> value.contains("\"") ? '"' + value.replace("\"", "\"\"") + '"' : value)
          .collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String json(RowShape shape, ExportRow row) {
      try {
        return JSON.writeValueAsString(shape.columns(row)) + "\n";
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static byte[] zip(byte[] content) {
      ByteArrayOutputStream zipped = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
        out.write(content);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return zipped.toByteArray();
    }
  }
}
