package io.tapline.bench.rig;

import io.tapline.aws.ForwardingStore;
import io.tapline.aws.ObjectStore;
import io.tapline.aws.ObjectVersion;
import io.tapline.bench.data.Content;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A store with one export, which drops the chunks that are written to it. */
final class ExportStore extends ForwardingStore {

  private static final String BUCKET = "exports";

  private final Content content;
  private final ObjectVersion version;
  private final AtomicLong chunkBytes = new AtomicLong();

  /**
   * Puts an export into a store.
   *
   * @param store holds all but the export and the chunks
   * @param key of the export; its ending tells the form
   */
  ExportStore(ObjectStore store, Content content, String key) {
    super(store);
    this.content = content;
    this.version =
        new ObjectVersion(
            BUCKET,
            key,
            null,
            "\"made-up\"",
            content.size(),
            Instant.parse("2026-11-24T12:00:00Z"));
  }

  ObjectVersion version() {
    return version;
  }

  /** How many bytes of chunks were written, packed. */
  long chunkBytes() {
    return chunkBytes.get();
  }

  @Override
  public Optional<ObjectVersion> head(String bucket, String key, @Nullable String versionId) {
    return isExport(bucket, key) ? Optional.of(version) : super.head(bucket, key, versionId);
  }

  @Override
  public byte[] read(ObjectVersion object, long from, int length) {
    return isExport(object.bucket(), object.key())
        ? content.read(from, length)
        : super.read(object, from, length);
  }

  private boolean isExport(String bucket, String key) {
    return bucket.equals(version.bucket()) && key.equals(version.key());
  }

  @Override
  public void put(String bucket, String key, byte[] object) {
    if (key.contains("/chunks/")) {
      chunkBytes.addAndGet(object.length);
    } else {
      super.put(bucket, key, object);
    }
  }
}
