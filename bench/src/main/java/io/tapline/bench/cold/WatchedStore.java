package io.tapline.bench.cold;

import java.util.function.Consumer;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/**
 * Tells when the embedded S3 has the answer to a GET or a listing, if only that nothing is there.
 */
final class WatchedStore extends ForwardingBlobStore {

  private final Consumer<String> listener;

  /**
   * A store.
   *
   * @param listener is told the bucket, before the answer is on its way
   */
  WatchedStore(BlobStore store, Consumer<String> listener) {
    super(store);
    this.listener = listener;
  }

  @Override
  public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
    try {
      return super.getBlob(request);
    } finally {
      listener.accept(request.bucket());
    }
  }

  @Override
  public ListObjectsV2Response list(ListObjectsV2Request request) {
    try {
      return super.list(request);
    } finally {
      listener.accept(request.bucket());
    }
  }
}
