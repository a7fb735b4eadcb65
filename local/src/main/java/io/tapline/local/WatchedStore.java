package io.tapline.local;

import io.tapline.aws.ForwardingStore;
import io.tapline.aws.ObjectStore;
import io.tapline.aws.ObjectVersion;
import java.util.Optional;

/** Tells of objects that are read and written. As thread-safe as its store and whom it tells. */
final class WatchedStore extends ForwardingStore {

  private final Watcher watcher;

  WatchedStore(ObjectStore store, Watcher watcher) {
    super(store);
    this.watcher = watcher;
  }

  @Override
  public byte[] read(ObjectVersion version, long from, int length) {
    watcher.reading(version, from);
    byte[] bytes = super.read(version, from, length);
    watcher.reading(version, from + bytes.length);
    return bytes;
  }

  @Override
  public Optional<byte[]> get(String bucket, String key) {
    watcher.getting(key);
    return super.get(bucket, key);
  }

  @Override
  public void put(String bucket, String key, byte[] content) {
    watcher.putting(key, content);
    super.put(bucket, key, content);
  }

  @Override
  public boolean putIfAbsent(String bucket, String key, byte[] content) {
    boolean isPut = super.putIfAbsent(bucket, key, content);
    if (isPut) {
      watcher.putOnce(key, content);
    }
    return isPut;
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
