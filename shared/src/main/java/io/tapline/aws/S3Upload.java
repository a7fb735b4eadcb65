package io.tapline.aws;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * One PUT for what fits into a part, else a multipart upload; memory is one part whatever the size.
 */
final class S3Upload extends ObjectUpload {

  /** At 10,000 parts an object can grow to 80 GB; S3 wants at least 5 MiB a part. */
  private static final int PART_BYTES = 8 << 20;

  private final S3Client s3;
  private final String bucket;
  private final String key;
  private final List<CompletedPart> parts = new ArrayList<>();
  private byte[] buffer = new byte[64 << 10];
  private int filled;
  private @Nullable String uploadId;
  private boolean completed;

  S3Upload(S3Client s3, String bucket, String key) {
    this.s3 = s3;
    this.bucket = bucket;
    this.key = key;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    int from = offset;
    int left = length;
    while (left > 0) {
      int step = Math.min(left, PART_BYTES - filled);
      if (filled + step > buffer.length) {
        buffer =
            Arrays.copyOf(buffer, Math.min(PART_BYTES, Math.max(filled + step, 2 * buffer.length)));
      }
      System.arraycopy(bytes, from, buffer, filled, step);
      filled += step;
      from += step;
      left -= step;
      if (filled == PART_BYTES) {
        uploadPart();
      }
    }
  }

  @Override
  public void complete() {
    String id = uploadId;
    if (id == null) {
      s3.putObject(request -> request.bucket(bucket).key(key), body());
    } else {
      if (filled > 0) {
        uploadPart();
      }
      s3.completeMultipartUpload(
          request ->
              request
                  .bucket(bucket)
                  .key(key)
                  .uploadId(id)
                  .multipartUpload(upload -> upload.parts(parts)));
    }
    completed = true;
  }

  @Override
  public void close() {
    String id = uploadId;
    if (!completed && id != null) {
      s3.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(id));
    }
  }

  private void uploadPart() {
    String id = uploadId;
    if (id == null) {
      id = s3.createMultipartUpload(request -> request.bucket(bucket).key(key)).uploadId();
      uploadId = id;
    }
    String upload = id;
    int number = parts.size() + 1;
    String etag =
        s3.uploadPart(
                request -> request.bucket(bucket).key(key).uploadId(upload).partNumber(number),
                body())
            .eTag();
    parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
    filled = 0;
  }

  private RequestBody body() {
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(buffer, 0, filled), filled, "application/octet-stream");
  }
}
