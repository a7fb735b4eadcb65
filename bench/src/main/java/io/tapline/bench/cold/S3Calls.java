package io.tapline.bench.cold;

import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Calls of S3. */
final class S3Calls implements Calls {

  private final S3Client s3 =
      S3Client.builder()
          .httpClient(UrlConnectionHttpClient.create())
          .forcePathStyle(true)
          .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
          .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
          .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
          .build();

  @Override
  public void make(Call call) {
    try {
      send(call);
    } catch (S3Exception e) {
      if (e.statusCode() != 404) {
        throw e;
      }
    }
  }

  private void send(Call call) {
    String bucket = call.get("Bucket");
    switch (call.name()) {
      case "S3 HeadObject" -> s3.headObject(request -> request.bucket(bucket).key(call.key()));
      case "S3 GetObject" ->
          s3.getObject(
              GetObjectRequest.builder()
                  .bucket(bucket)
                  .key(call.key())
                  .range(call.get("Range"))
                  .build(),
              ResponseTransformer.toBytes());
      case "S3 PutObject" ->
          s3.putObject(
              request ->
                  request.bucket(bucket).key(call.key()).ifNoneMatch(call.get("IfNoneMatch")),
              RequestBody.fromString("{}"));
      case "S3 DeleteObject" -> s3.deleteObject(request -> request.bucket(bucket).key(call.key()));
      case "S3 ListObjectsV2" ->
          s3.listObjectsV2(
              request ->
                  request
                      .bucket(bucket)
                      .prefix(call.get("Prefix"))
                      .delimiter(call.get("Delimiter"))
                      .startAfter(call.get("StartAfter")));
      default -> throw new IllegalArgumentException(call.name());
    }
  }
}
