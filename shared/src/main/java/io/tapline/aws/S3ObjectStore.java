package io.tapline.aws;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** S3 itself, or whatever speaks its protocol. */
public final class S3ObjectStore implements ObjectStore {

  /**
   * S3 answers 409 while another conditional write of the key is under way; the next try sees how
   * it ended.
   */
  private static final int CONFLICT_TRIES = 10;

  /**
   * The version id of an object that was written while its bucket kept no versions. A later write
   * takes its place, so it names no version.
   */
  private static final String NO_VERSION = "null";

  private static final Duration CONFLICT_PAUSE = Duration.ofMillis(50);

  private final S3Client s3;
  private final Clock clock;

  /**
   * A store of what this client reaches; closing the client is its owner's.
   *
   * @param clock sleeps between two tries of a write that met another one
   */
  public S3ObjectStore(S3Client s3, Clock clock) {
    this.s3 = s3;
    this.clock = clock;
  }

  @Override
  public Optional<ObjectVersion> head(String bucket, String key, @Nullable String versionId) {
    try {
      HeadObjectResponse head =
          s3.headObject(request -> request.bucket(bucket).key(key).versionId(versionId));
      return Optional.of(
          new ObjectVersion(
              bucket,
              key,
              NO_VERSION.equals(head.versionId()) ? null : head.versionId(),
              head.eTag(),
              head.contentLength(),
              head.lastModified()));
    } catch (S3Exception e) {
      if (e.statusCode() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public byte[] read(ObjectVersion version, long from, int length) {
    GetObjectRequest request =
        GetObjectRequest.builder()
            .bucket(version.bucket())
            .key(version.key())
            .versionId(version.versionId())
            .ifMatch(version.etag())
            .range("bytes=%d-%d".formatted(from, from + length - 1))
            .build();
    try {
      // Read to the end before it is returned: the SDK repeats a request only until its stream is
      // handed out.
      ResponseBytes<GetObjectResponse> answer =
          s3.getObject(request, ResponseTransformer.toBytes());
      return answer.asByteArrayUnsafe();
    } catch (S3Exception e) {
      if (e.statusCode() == 412 || e.statusCode() == 404) {
        throw new ObjectChangedException(version, e);
      }
      throw e;
    }
  }

  @Override
  public Optional<byte[]> get(String bucket, String key) {
    try {
      return Optional.of(
          s3.getObject(
                  GetObjectRequest.builder().bucket(bucket).key(key).build(),
                  ResponseTransformer.toBytes())
              .asByteArrayUnsafe());
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    }
  }

  @Override
  public void put(String bucket, String key, byte[] content) {
    s3.putObject(
        request -> request.bucket(bucket).key(key).contentType(contentType(key)),
        RequestBody.fromBytes(content));
  }

  /** A browser shows what is said to be a page; the SDK says of all else that it is bytes. */
  private static @Nullable String contentType(String key) {
    return key.endsWith(".html") ? "text/html;charset=utf-8" : null;
  }

  @Override
  public boolean putIfAbsent(String bucket, String key, byte[] content) {
    for (int attempt = 1; ; attempt++) {
      try {
        s3.putObject(
            request -> request.bucket(bucket).key(key).ifNoneMatch("*"),
            RequestBody.fromBytes(content));
        return true;
      } catch (S3Exception e) {
        if (e.statusCode() == 412) {
          return false;
        }
        if (e.statusCode() != 409 || attempt == CONFLICT_TRIES) {
          throw e;
        }
        clock.sleep(CONFLICT_PAUSE.multipliedBy(attempt));
      }
    }
  }

  @Override
  public ObjectUpload upload(String bucket, String key) {
    return new S3Upload(s3, bucket, key);
  }

  @Override
  public void delete(String bucket, String key) {
    s3.deleteObject(request -> request.bucket(bucket).key(key));
  }

  @Override
  public Page<String> list(String bucket, String prefix, @Nullable String after) {
    return objects(bucket, prefix, after).map(S3Object::key);
  }

  @Override
  public Page<ObjectEntry> entries(String bucket, String prefix, @Nullable String after) {
    return objects(bucket, prefix, after)
        .map(object -> new ObjectEntry(object.key(), object.lastModified()));
  }

  private Page<S3Object> objects(String bucket, String prefix, @Nullable String after) {
    ListObjectsV2Response listing =
        listing(
            ListObjectsV2Request.builder().bucket(bucket).prefix(prefix).startAfter(after).build(),
            ListObjectsV2Response::contents);
    List<S3Object> objects = listing.contents();
    return new Page<>(objects, isTruncated(listing) ? objects.getLast().key() : null);
  }

  @Override
  public Page<String> listFolders(String bucket, String prefix, @Nullable String after) {
    ListObjectsV2Response listing =
        listing(
            ListObjectsV2Request.builder()
                .bucket(bucket)
                .prefix(prefix)
                .delimiter("/")
                .startAfter(after)
                .build(),
            ListObjectsV2Response::commonPrefixes);
    return Page.ofFolders(
        listing.commonPrefixes().stream().map(CommonPrefix::prefix).toList(),
        !isTruncated(listing));
  }

  /** Asks on while an answer shows nothing that is looked for, but is not the last one. */
  private ListObjectsV2Response listing(
      ListObjectsV2Request request, Function<ListObjectsV2Response, List<?>> items) {
    ListObjectsV2Response listing = s3.listObjectsV2(request);
    while (isTruncated(listing) && items.apply(listing).isEmpty()) {
      listing =
          s3.listObjectsV2(
              request.toBuilder().continuationToken(listing.nextContinuationToken()).build());
    }
    return listing;
  }

  private static boolean isTruncated(ListObjectsV2Response listing) {
    return Boolean.TRUE.equals(listing.isTruncated());
  }
}
