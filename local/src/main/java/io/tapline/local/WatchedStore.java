package io.tapline.local;

import io.tapline.aws.ObjectEntry;
import io.tapline.aws.ObjectStore;
import io.tapline.aws.ObjectUpload;
import io.tapline.aws.ObjectVersion;
import io.tapline.aws.Page;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells of objects that are read and written. As thread-safe as its store and whom it tells. */
final class WatchedStore implements ObjectStore {

  private final ObjectStore store;
  private final Watcher watcher;

  WatchedStore(ObjectStore store, Watcher watcher) {
    this.store = store;
    this.watcher = watcher;
  }

  @Override
  public Optional<ObjectVersion> head(String bucket, String key, @Nullable String versionId) {
    return store.head(bucket, key, versionId);
  }

  @Override
  public byte[] read(ObjectVersion version, long from, int length) {
    watcher.reading(version, from);
    byte[] bytes = store.read(version, from, length);
    watcher.reading(version, from + bytes.length);
    return bytes;
  }

  @Override
  public Optional<byte[]> get(String bucket, String key) {
    watcher.getting(key);
    return store.get(bucket, key);
  }

  @Override
  public void put(String bucket, String key, byte[] content) {
    watcher.putting(key, content);
    store.put(bucket, key, content);
  }

  @Override
  public boolean putIfAbsent(String bucket, String key, byte[] content) {
    boolean isPut = store.putIfAbsent(bucket, key, content);
    if (isPut) {
      watcher.putOnce(key, content);
    }
    return isPut;
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

  /** Who wants to know. What it throws breaks off what it is told of. */
  interface Watcher {

    /** Is told of an object that is read in ranges, and of the place where that has come to. */
    void reading(ObjectVersion version, long offset);

    /** Is told before a whole small object is read. */
    void getting(String key);

    /** Is told before an object is written, over one that may be there. */
    void putting(String key, byte[] content);

    /** Is told of an object that was not there before. */
    void putOnce(String key, byte[] content);
  }
}
