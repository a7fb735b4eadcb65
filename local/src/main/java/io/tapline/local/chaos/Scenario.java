package io.tapline.local.chaos;

import io.tapline.local.chaos.Export.ExportRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * What is pushed in a run: a sync, and one or two of its exports, each of some hundred small
 * chunks.
 *
 * @param skips whether the sync skips invalid rows; else one of them stops the job
 * @param lanes the sync's {@code threadCount}
 * @param rowsPerMark small, so that chunks are small and there are marks to go on from
 * @param chunksPerWindow small, so that there are windows
 */
record Scenario(
    Target target,
    boolean skips,
    List<Export> exports,
    int lanes,
    int rowsPerMark,
    int chunksPerWindow) {

  static final String SYNC = "chaos";

  private static final String PREFIX = "exports/";
  private static final long IDS_PER_EXPORT = 1_000_000;

  /** The scenario of a seed. */
  static Scenario of(Target target, int exports, boolean skips, long seed) {
    Random random = new Random(seed);
    int lanes = 1 + random.nextInt(8);
    List<Export> all = new ArrayList<>();
    for (int i = 0; i < exports; i++) {
      all.add(export(target, i, random));
    }
    return new Scenario(
        target, skips, all, lanes, 4 * lanes + random.nextInt(20), lanes + random.nextInt(40));
  }

  /** The sync's file. Retries wait for the shortest time, so that their jitter does not count. */
  byte[] settings() {
    return """
    {"connection": "stand-in", "prefix": "%s", %s, "threadCount": %d,
     "since": "2026-01-01T00:00:00Z", "skipOnInvalidRecord": %b, "retry": {"firstDelay": "1ms", "maxDelay": "1ms"}}
    """
        .formatted(PREFIX, target.settings(), lanes, skips)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Export export(Target target, int number, Random random) {
    boolean isJson = random.nextInt(4) == 0;
    boolean isZipped = random.nextBoolean();
    int count = 500 + random.nextInt(500);
    int users = 1 + random.nextInt(count);
    StringBuilder text = new StringBuilder();
    if (!isJson) {
      text.append(target.isEvents() ? "identity,evtName,seq,note" : "identity,Email,seq,note");
      text.append("\r\n");
    }
    List<ExportRow> rows = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      ExportRow row =
          new ExportRow(
              number * IDS_PER_EXPORT + i, "u" + random.nextInt(users), random.nextInt(30) != 0);
      rows.add(row);
      text.append(isJson ? json(target, row) : csv(target, row));
    }
    byte[] content = text.toString().getBytes(StandardCharsets.UTF_8);
    String key = PREFIX + number + (isJson ? ".jsonl" : ".csv") + (isZipped ? ".gz" : "");
    return new Export(key, isZipped ? zip(content) : content, rows);
  }

  private static String csv(Target target, ExportRow row) {
    return "%s,%s,%d,\"%s\"\r\n"
        .formatted(row.user(), checked(target, row), row.id(), row.note().replace("\"", "\"\""));
  }

  private static String json(Target target, ExportRow row) {
    return "{\"identity\":\"%s\",\"%s\":\"%s\",\"seq\":%d,\"note\":\"%s\"}\n"
        .formatted(
            row.user(),
            target.isEvents() ? "evtName" : "Email",
            checked(target, row),
            row.id(),
            row.note().replace("\"", "\\\""));
  }

  /** The value by which a row is good or bad. */
  private static String checked(Target target, ExportRow row) {
    if (target.isEvents()) {
      return row.good() ? "Viewed" : "App Launched";
    }
    return row.good() ? row.user() + "@example.com" : "nobody";
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
