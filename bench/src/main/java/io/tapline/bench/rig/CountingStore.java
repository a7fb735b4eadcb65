package io.tapline.bench.rig;

import io.tapline.aws.ObjectEntry;
import io.tapline.aws.ObjectStore;
import io.tapline.aws.ObjectUpload;
import io.tapline.aws.ObjectVersion;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts the requests that S3 would get, in the two classes by which AWS charges them. Thread-safe.
 */
public final class CountingStore extends ForwardingStore {

  private final AtomicLong writes = new AtomicLong();
  private final AtomicLong reads = new AtomicLong();

  /**
   * Requests so far.
   *
   * @param writes PUT, POST and LIST
   * @param reads GET and HEAD
   */
  public record Count(long writes, long reads) {

    /** Those that came since an earlier count. */
    public Count since(Count earlier) {
      return new Count(writes - earlier.writes, reads - earlier.reads);
    }
  }

  /** Counts the requests to a store. */
  public CountingStore(ObjectStore store) {
    super(store);
  }

  /** How many requests there were. */
  public Count count() {
    return new Count(writes.get(), reads.get());
  }

  @Override
  public Optional<ObjectVersion> head(String bucket, String key, @Nullable String versionId) {
    reads.incrementAndGet();
    return super.head(bucket, key, versionId);
  }

  @Override
  public byte[] read(ObjectVersion version, long from, int length) {
    reads.incrementAndGet();
    return super.read(version, from, length);
  }

  @Override
  public Optional<byte[]> get(String bucket, String key) {
    reads.incrementAndGet();
    return super.get(bucket, key);
  }

  @Override
  public void put(String bucket, String key, byte[] content) {
    writes.incrementAndGet();
    super.put(bucket, key, content);
  }

  @Override
  public boolean putIfAbsent(String bucket, String key, byte[] content) {
    writes.incrementAndGet();
    return super.putIfAbsent(bucket, key, content);
  }

  /** Counts one request: what is small enough is put whole. */
  @Override
  public ObjectUpload upload(String bucket, String key) {
    writes.incrementAndGet();
    return super.upload(bucket, key);
  }

  @Override
  public List<String> list(String bucket, String prefix, @Nullable String after) {
    writes.incrementAndGet();
    return super.list(bucket, prefix, after);
  }

  @Override
  public List<ObjectEntry> entries(String bucket, String prefix, @Nullable String after) {
    writes.incrementAndGet();
    return super.entries(bucket, prefix, after);
  }

  @Override
  public List<String> listFolders(String bucket, String prefix, @Nullable String after) {
    writes.incrementAndGet();
    return super.listFolders(bucket, prefix, after);
  }
}
