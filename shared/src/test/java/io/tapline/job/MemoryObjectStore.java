package io.tapline.job;

import io.tapline.aws.ObjectStore;
import io.tapline.aws.ObjectUpload;
import io.tapline.aws.ObjectVersion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Small objects in memory; buckets are not told apart. */
final class MemoryObjectStore implements ObjectStore {

  private final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();

  @Override
  public Optional<ObjectVersion> head(String bucket, String key, String versionId) {
    return get(bucket, key)
        .map(
            content ->
                new ObjectVersion(bucket, key, null, "\"e\"", content.length, Instant.EPOCH));
  }

  @Override
  public byte[] read(ObjectVersion version, long from, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<byte[]> get(String bucket, String key) {
    return Optional.ofNullable(objects.get(key));
  }

  @Override
  public void put(String bucket, String key, byte[] content) {
    objects.put(key, content);
  }

  @Override
  public boolean putIfAbsent(String bucket, String key, byte[] content) {
    return objects.putIfAbsent(key, content) == null;
  }

  @Override
  public ObjectUpload upload(String bucket, String key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void delete(String bucket, String key) {
    objects.remove(key);
  }

  @Override
  public List<String> list(String bucket, String prefix, String after) {
    return objects.tailMap(after == null ? prefix : after, after == null).keySet().stream()
        .takeWhile(key -> key.startsWith(prefix))
        .limit(2)
        .toList();
  }

  @Override
  public List<String> listFolders(String bucket, String prefix, String after) {
    throw new UnsupportedOperationException();
  }
}
