package io.tapline.local;

import java.io.InputStream;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Tells of each object that was written, in whichever of the three ways: where S3 would send {@code
 * ObjectCreated}. As thread-safe as whom it tells.
 */
final class TellingStore extends ForwardingBlobStore {

  /** The server notes each multipart upload as an object of its own. */
  private static final String NOTE_OF_UPLOAD = ".s3proxy-mpu-stub-";

  private final Listener listener;

  TellingStore(BlobStore store, Listener listener) {
    super(store);
    this.listener = listener;
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream body) {
    PutObjectResponse response = super.putBlob(request, body);
    if (!request.key().startsWith(NOTE_OF_UPLOAD)) {
      listener.written(request.bucket(), request.key(), response.eTag());
    }
    return response;
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    CompleteMultipartUploadResponse response = super.completeMultipartUpload(upload, request);
    listener.written(request.bucket(), request.key(), response.eTag());
    return response;
  }

  @Override
  public CopyObjectResponse copyBlob(CopyObjectRequest request) {
    CopyObjectResponse response = super.copyBlob(request);
    listener.written(
        request.destinationBucket(), request.destinationKey(), response.copyObjectResult().eTag());
    return response;
  }

  /** Who wants to know. */
  @FunctionalInterface
  interface Listener {

    /**
     * Is told of an object that is there now; must return soon, since its writer waits.
     *
     * @param etag quotes included or not
     */
    void written(String bucket, String key, String etag);
  }
}
