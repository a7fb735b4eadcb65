package io.tapline.local.chaos;

import io.tapline.aws.ObjectEntry;
import io.tapline.aws.ObjectStore;
import io.tapline.aws.ObjectUpload;
import io.tapline.aws.ObjectVersion;
import io.tapline.aws.Page;
import io.tapline.local.chaos.Step.Operation;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** S3 as the handler in one environment meets it. */
final class HarmedStore implements ObjectStore {

  private final Environment environment;
  private final ObjectStore store;

  HarmedStore(Environment environment, ObjectStore store) {
    this.environment = environment;
    this.store = store;
  }

  @Override
  public Optional<ObjectVersion> head(String bucket, String key, @Nullable String versionId) {
    return environment.perform(Operation.HEAD, key, () -> store.head(bucket, key, versionId));
  }

  @Override
  public byte[] read(ObjectVersion version, long from, int length) {
    return environment.perform(
        Operation.READ, version.key(), () -> store.read(version, from, length));
  }

  @Override
  public Optional<byte[]> get(String bucket, String key) {
    return environment.perform(Operation.GET, key, () -> store.get(bucket, key));
  }

  @Override
  public void put(String bucket, String key, byte[] content) {
    environment.perform(
        Operation.PUT,
        key,
        () -> {
          store.put(bucket, key, content);
          return true;
        });
  }

  @Override
  public boolean putIfAbsent(String bucket, String key, byte[] content) {
    return environment.perform(
        Operation.PUT_ONCE, key, () -> store.putIfAbsent(bucket, key, content));
  }

  @Override
  public ObjectUpload upload(String bucket, String key) {
    return new HarmedUpload(environment, store.upload(bucket, key), key);
  }

  @Override
  public void delete(String bucket, String key) {
    environment.perform(
        Operation.DELETE,
        key,
        () -> {
          store.delete(bucket, key);
          return true;
        });
  }

  @Override
  public Page<String> list(String bucket, String prefix, @Nullable String after) {
    return environment.perform(Operation.LIST, prefix, () -> store.list(bucket, prefix, after));
  }

  @Override
  public Page<ObjectEntry> entries(String bucket, String prefix, @Nullable String after) {
    return environment.perform(Operation.LIST, prefix, () -> store.entries(bucket, prefix, after));
  }

  @Override
  public Page<String> listFolders(String bucket, String prefix, @Nullable String after) {
    return environment.perform(
        Operation.LIST, prefix, () -> store.listFolders(bucket, prefix, after));
  }

  /** An object that appears at one step. */
  private static final class HarmedUpload extends ObjectUpload {

    private final Environment environment;
    private final ObjectUpload upload;
    private final String key;
    private boolean completed;

    HarmedUpload(Environment environment, ObjectUpload upload, String key) {
      this.environment = environment;
      this.upload = upload;
      this.key = key;
    }

    @Override
    public void write(int b) throws IOException {
      upload.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      upload.write(bytes, offset, length);
    }

    @Override
    public void complete() {
      environment.perform(
          Operation.UPLOAD,
          key,
          () -> {
            if (!completed) {
              upload.complete();
              completed = true;
            }
            return true;
          });
    }

    @Override
    public void close() {
      upload.close();
    }
  }
}
