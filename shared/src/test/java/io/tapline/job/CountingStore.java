package io.tapline.job;

import io.tapline.aws.ForwardingStore;
import io.tapline.aws.ObjectEntry;
import io.tapline.aws.ObjectStore;
import io.tapline.aws.ObjectUpload;
import io.tapline.aws.ObjectVersion;
import io.tapline.aws.Page;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts requests by what S3 asks for them; a deletion is free. Thread-safe. */
public final class CountingStore extends ForwardingStore {

  private final AtomicInteger gets = new AtomicInteger();
  private final AtomicInteger lists = new AtomicInteger();
  private final AtomicInteger puts = new AtomicInteger();

  /** Counts the requests to a store. */
  public CountingStore(ObjectStore store) {
    super(store);
  }

  /** The requests since the last time that this was asked. */
  public Requests take() {
    return new Requests(gets.getAndSet(0), lists.getAndSet(0), puts.getAndSet(0));
  }

  /**
   * Requests of S3.
   *
   * @param gets GET and HEAD
   * @param lists LIST, at the price of a PUT
   */
  public record Requests(int gets, int lists, int puts) {

    /** Those at the price of a PUT. */
    public int writes() {
      return lists + puts;
    }

    Requests times(int factor) {
      return new Requests(gets * factor, lists * factor, puts * factor);
    }

    Requests plus(Requests other) {
      return new Requests(gets + other.gets, lists + other.lists, puts + other.puts);
    }
  }

  @Override
  public Optional<ObjectVersion> head(String bucket, String key, @Nullable String versionId) {
    gets.incrementAndGet();
    return super.head(bucket, key, versionId);
  }

  @Override
  public byte[] read(ObjectVersion version, long from, int length) {
    gets.incrementAndGet();
    return super.read(version, from, length);
  }

  @Override
  public Optional<byte[]> get(String bucket, String key) {
    gets.incrementAndGet();
    return super.get(bucket, key);
  }

  @Override
  public void put(String bucket, String key, byte[] content) {
    puts.incrementAndGet();
    super.put(bucket, key, content);
  }

  @Override
  public boolean putIfAbsent(String bucket, String key, byte[] content) {
    puts.incrementAndGet();
    return super.putIfAbsent(bucket, key, content);
  }

  /** One that is small: a PUT. */
  @Override
  public ObjectUpload upload(String bucket, String key) {
    puts.incrementAndGet();
    return super.upload(bucket, key);
  }

  @Override
  public Page<String> list(String bucket, String prefix, @Nullable String after) {
    lists.incrementAndGet();
    return super.list(bucket, prefix, after);
  }

  @Override
  public Page<ObjectEntry> entries(String bucket, String prefix, @Nullable String after) {
    lists.incrementAndGet();
    return super.entries(bucket, prefix, after);
  }

  @Override
  public Page<String> listFolders(String bucket, String prefix, @Nullable String after) {
    lists.incrementAndGet();
    return super.listFolders(bucket, prefix, after);
  }
}
