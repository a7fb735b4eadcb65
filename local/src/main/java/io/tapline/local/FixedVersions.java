package io.tapline.local;

import java.util.Map;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Gives some objects a version id, so that they can be read as from a bucket that keeps versions.
 * Each has this one version, also when it is overwritten. Thread-safe.
 */
final class FixedVersions extends ForwardingBlobStore {

  private final Map<String, String> versions;

  /**
   * Over the objects of a store.
   *
   * @param versions version ids by key, whatever the bucket
   */
  FixedVersions(BlobStore store, Map<String, String> versions) {
    super(store);
    this.versions = Map.copyOf(versions);
  }

  /** Else a request that names a version would not come this far. */
  @Override
  public boolean supportsVersioning() {
    return true;
  }

  @Override
  public @Nullable HeadObjectResponse blobMetadata(HeadObjectRequest request) {
    requireVersion(request.key(), request.versionId());
    // Null where there is none.
    HeadObjectResponse head = super.blobMetadata(request.toBuilder().versionId(null).build());
    return head == null ? null : head.toBuilder().versionId(versions.get(request.key())).build();
  }

  @Override
  public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
    requireVersion(request.key(), request.versionId());
    return super.getBlob(request.toBuilder().versionId(null).build());
  }

  private void requireVersion(String key, @Nullable String version) {
    if (version != null && !version.equals(versions.get(key))) {
      throw NoSuchKeyException.builder().statusCode(404).message("no such version").build();
    }
  }
}
