package io.tapline.local;

import io.tapline.aws.ObjectEntry;
import io.tapline.aws.ObjectStore;
import io.tapline.aws.ObjectUpload;
import io.tapline.aws.ObjectVersion;
import io.tapline.aws.Page;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A store with one export that is made up as it is read, of any size; of what is written it keeps
 * all but the chunks.
 */
final class GeneratedExport implements ObjectStore {

  static final String KEY = "generated/export.csv";

  private static final String BUCKET = "exports";
  private static final byte[] HEADER =
      "identity,name,city,ltv,vip,signup\n".getBytes(StandardCharsets.UTF_8);
  private static final int ROW_BYTES = 96;

  private final long rows;
  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  private final AtomicLong chunkBytes = new AtomicLong();

  GeneratedExport(long rows) {
    this.rows = rows;
  }

  ObjectVersion version() {
    return new ObjectVersion(
        BUCKET,
        KEY,
        null,
        "\"generated\"",
        HEADER.length + rows * ROW_BYTES,
        Instant.parse("2026-11-24T12:00:00Z"));
  }

  /** How many bytes of chunks were written. */
  long chunkBytes() {
    return chunkBytes.get();
  }

  /** Each row has its number in it and the same length. */
  private static byte[] row(long number) {
    String row =
        "user-%012d,Name %012d,City %04d,%06d.25,%s,2026-01-%02d 00:00:00.000 UTC"
            .formatted(
                number,
                number,
                number % 5000,
                100_000 + number % 1000,
                number % 2 == 0 ? "true " : "false",
                1 + number % 28);
    byte[] line = new byte[ROW_BYTES];
    byte[] text = row.replace("true ,", "true,").getBytes(StandardCharsets.UTF_8);
    System.arraycopy(text, 0, line, 0, text.length);
    Arrays.fill(line, text.length, ROW_BYTES - 1, (byte) 'x');
    line[ROW_BYTES - 1] = '\n';
    return line;
  }

  @Override
  public Optional<ObjectVersion> head(String bucket, String key, @Nullable String versionId) {
    return key.equals(KEY) ? Optional.of(version()) : Optional.empty();
  }

  @Override
  public byte[] read(ObjectVersion version, long from, int length) {
    byte[] range = new byte[(int) Math.min(length, version.size() - from)];
    int at = 0;
    while (at < range.length) {
      long position = from + at;
      byte[] piece;
      int offset;
      if (position < HEADER.length) {
        piece = HEADER;
        offset = (int) position;
      } else {
        piece = row((position - HEADER.length) / ROW_BYTES);
        offset = (int) ((position - HEADER.length) % ROW_BYTES);
      }
      int step = Math.min(piece.length - offset, range.length - at);
      System.arraycopy(piece, offset, range, at, step);
      at += step;
    }
    return range;
  }

  @Override
  public Optional<byte[]> get(String bucket, String key) {
    return Optional.ofNullable(objects.get(key));
  }

  @Override
  public void put(String bucket, String key, byte[] content) {
    if (key.contains("/chunks/")) {
      chunkBytes.addAndGet(content.length);
    } else {
      objects.put(key, content);
    }
  }

  @Override
  public boolean putIfAbsent(String bucket, String key, byte[] content) {
    return objects.putIfAbsent(key, content) == null;
  }

  @Override
  public ObjectUpload upload(String bucket, String key) {
    throw new UnsupportedOperationException(key);
  }

  @Override
  public void delete(String bucket, String key) {
    objects.remove(key);
  }

  @Override
  public Page<String> list(String bucket, String prefix, @Nullable String after) {
    return new Page<>(
        objects.keySet().stream()
            .filter(key -> key.startsWith(prefix) && (after == null || key.compareTo(after) > 0))
            .sorted()
            .toList(),
        null);
  }

  @Override
  public Page<ObjectEntry> entries(String bucket, String prefix, @Nullable String after) {
    throw new UnsupportedOperationException(prefix);
  }

  @Override
  public Page<String> listFolders(String bucket, String prefix, @Nullable String after) {
    throw new UnsupportedOperationException(prefix);
  }
}
