package io.tapline.aws;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A store that passes everything on to another one. One machine, the benchmarks and tests override
 * what they want to see, or want to go another way; no function uses it. As thread-safe as the
 * other one.
 */
public class ForwardingStore implements ObjectStore {

  private final ObjectStore store;

  /** Passes everything on to {@code store}. */
  public ForwardingStore(ObjectStore store) {
    this.store = store;
  }

  @Override
  public Optional<ObjectVersion> head(String bucket, String key, @Nullable String versionId) {
    return store.head(bucket, key, versionId);
  }

  @Override
  public byte[] read(ObjectVersion version, long from, int length) {
    return store.read(version, from, length);
  }

  @Override
  public Optional<byte[]> get(String bucket, String key) {
    return store.get(bucket, key);
  }

  @Override
  public void put(String bucket, String key, byte[] content) {
    store.put(bucket, key, content);
  }

  @Override
  public boolean putIfAbsent(String bucket, String key, byte[] content) {
    return store.putIfAbsent(bucket, key, content);
  }

  @Override
  public ObjectUpload upload(String bucket, String key) {
    return store.upload(bucket, key);
  }

  @Override
  public void delete(String bucket, String key) {
    store.delete(bucket, key);
  }

  @Override
  public Page<String> list(String bucket, String prefix, @Nullable String after) {
    return store.list(bucket, prefix, after);
  }

  @Override
  public Page<ObjectEntry> entries(String bucket, String prefix, @Nullable String after) {
    return store.entries(bucket, prefix, after);
  }

  @Override
  public Page<String> listFolders(String bucket, String prefix, @Nullable String after) {
    return store.listFolders(bucket, prefix, after);
  }
}
