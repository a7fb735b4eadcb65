package io.tapline.aws;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * S3 in memory, for tests and for the fault harness; no function uses it. Strongly consistent, with
 * ETags that are the MD5 of the content, pinned reads, an atomic put-if-absent and pages of 1000
 * keys. Buckets exist as soon as they are written to, and keep the versions of objects that were
 * put by {@link #put(ObjectVersion, byte[])} with a version id. Thread-safe.
 */
public final class MemoryObjectStore implements ObjectStore {

  private static final int PAGE = 1000;

  /**
   * S3 lists keys by their UTF-8 bytes, so surrogates come behind all other characters; {@link
   * String#compareTo} goes by UTF-16.
   */
  private static final Comparator<String> UTF_8_ORDER =
      (a, b) -> {
        int difference = Arrays.mismatch(a.toCharArray(), b.toCharArray());
        if (difference < 0) {
          return 0;
        }
        if (difference == a.length() || difference == b.length()) {
          return Integer.compare(a.length(), b.length());
        }
        char inA = a.charAt(difference);
        char inB = b.charAt(difference);
        return Character.isSurrogate(inA) == Character.isSurrogate(inB)
            ? Character.compare(inA, inB)
            : Boolean.compare(Character.isSurrogate(inA), Character.isSurrogate(inB));
      };

  private final Clock clock;
  private final Map<String, NavigableMap<String, List<Stored>>> buckets = new HashMap<>();

  /**
   * An empty store.
   *
   * @param clock says when an object was last modified, to the second as S3 does
   */
  public MemoryObjectStore(Clock clock) {
    this.clock = clock;
  }

  /**
   * Puts an object as this very version of it, whatever its content: for an ETag or a version id
   * that an event names. Its size is that of the content.
   */
  public synchronized ObjectVersion put(ObjectVersion version, byte[] content) {
    ObjectVersion sized =
        new ObjectVersion(
            version.bucket(),
            version.key(),
            version.versionId(),
            version.etag(),
            content.length,
            version.lastModified());
    List<Stored> versions =
        bucket(version.bucket()).computeIfAbsent(version.key(), key -> new ArrayList<>());
    versions.removeIf(stored -> Objects.equals(stored.version.versionId(), version.versionId()));
    versions.add(new Stored(sized, content.clone()));
    return sized;
  }

  @Override
  public synchronized Optional<ObjectVersion> head(
      String bucket, String key, @Nullable String versionId) {
    return find(bucket, key, versionId).map(Stored::version);
  }

  @Override
  public synchronized byte[] read(ObjectVersion version, long from, int length) {
    byte[] content =
        find(version.bucket(), version.key(), version.versionId())
            .filter(stored -> stored.version.etag().equals(version.etag()))
            .map(Stored::content)
            .orElseThrow(
                () ->
                    new ObjectChangedException(
                        version, new IllegalStateException("412 Precondition Failed")));
    if (from >= content.length) {
      throw new IllegalArgumentException("416 Requested Range Not Satisfiable");
    }
    return Arrays.copyOfRange(
        content, (int) from, (int) Math.min(content.length, from + (long) length));
  }

  @Override
  public synchronized Optional<byte[]> get(String bucket, String key) {
    return find(bucket, key, null).map(stored -> stored.content.clone());
  }

  @Override
  public synchronized void put(String bucket, String key, byte[] content) {
    put(
        new ObjectVersion(
            bucket,
            key,
            null,
            etag(content),
            content.length,
            clock.instant().truncatedTo(ChronoUnit.SECONDS)),
        content);
  }

  @Override
  public synchronized boolean putIfAbsent(String bucket, String key, byte[] content) {
    if (find(bucket, key, null).isPresent()) {
      return false;
    }
    put(bucket, key, content);
    return true;
  }

  @Override
  public ObjectUpload upload(String bucket, String key) {
    return new MemoryUpload(bucket, key);
  }

  @Override
  public synchronized void delete(String bucket, String key) {
    bucket(bucket).remove(key);
  }

  @Override
  public synchronized Page<String> list(String bucket, String prefix, @Nullable String after) {
    List<String> found = keys(bucket, prefix, after).limit(PAGE + 1).toList();
    return found.size() > PAGE
        ? new Page<>(found.subList(0, PAGE), found.get(PAGE - 1))
        : new Page<>(found, null);
  }

  @Override
  public synchronized Page<ObjectEntry> entries(
      String bucket, String prefix, @Nullable String after) {
    return list(bucket, prefix, after)
        .map(key -> new ObjectEntry(key, head(bucket, key, null).orElseThrow().lastModified()));
  }

  @Override
  public synchronized Page<String> listFolders(
      String bucket, String prefix, @Nullable String after) {
    List<String> found =
        keys(bucket, prefix, after)
            .map(key -> key.substring(0, folderEnd(key, prefix)))
            .distinct()
            .filter(entry -> entry.length() > prefix.length() && entry.endsWith("/"))
            .limit(PAGE + 1)
            .toList();
    return Page.ofFolders(found.subList(0, Math.min(PAGE, found.size())), found.size() <= PAGE);
  }

  private static int folderEnd(String key, String prefix) {
    int slash = key.indexOf('/', prefix.length());
    return slash < 0 ? key.length() : slash + 1;
  }

  private Stream<String> keys(String bucket, String prefix, @Nullable String after) {
    boolean fromPrefix = after == null || UTF_8_ORDER.compare(after, prefix) < 0;
    return bucket(bucket).tailMap(fromPrefix ? prefix : after, fromPrefix).keySet().stream()
        .takeWhile(key -> key.startsWith(prefix));
  }

  private Optional<Stored> find(String bucket, String key, @Nullable String versionId) {
    List<Stored> versions = bucket(bucket).getOrDefault(key, List.of());
    if (versionId == null) {
      return versions.isEmpty() ? Optional.empty() : Optional.of(versions.getLast());
    }
    return versions.stream()
        .filter(stored -> versionId.equals(stored.version.versionId()))
        .findFirst();
  }

  private NavigableMap<String, List<Stored>> bucket(String name) {
    return buckets.computeIfAbsent(name, bucket -> new TreeMap<>(UTF_8_ORDER));
  }

  private static String etag(byte[] content) {
    try {
      byte[] md5 = MessageDigest.getInstance("MD5").digest(content);
      return '"' + HexFormat.of().formatHex(md5) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Stored(ObjectVersion version, byte[] content) {}

  private final class MemoryUpload extends ObjectUpload {

    private final String bucket;
    private final String key;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    MemoryUpload(String bucket, String key) {
      this.bucket = bucket;
      this.key = key;
    }

    @Override
    public void write(int b) {
      content.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      content.write(bytes, offset, length);
    }

    @Override
    public void complete() {
      put(bucket, key, content.toByteArray());
    }

    @Override
    public void close() {
      // What was not completed is seen by nobody.
    }
  }
}
