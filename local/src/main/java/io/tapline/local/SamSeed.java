package io.tapline.local;

import static java.util.stream.Collectors.joining;

import io.tapline.ledger.Ledger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * What the sample events in {@code events/} tell of: the samples' syncs, an export for each event
 * of S3, and a job whose one chunk is queued for the worker. All is the same at each start, job ids
 * included, so exports carry a fixed time.
 */
final class SamSeed {

  /** Its parts are called as those of an installation in this account. */
  static final OneMachine.Names NAMES =
      new OneMachine.Names(
          "tapline-exports-123456789012", "tapline-work-123456789012", "tapline-chunks");

  private static final String PUT = "exports/profiles/profiles.csv.gz";
  private static final String SPACED = "exports/profiles/VIP customers A+B.csv.gz";
  private static final String IN_PARTS = "exports/profiles/VIP customers A+B €.csv.gz";
  private static final String TOKENS = "exports/tokens/tokens.csv";

  /** The versions that the events name, by key. */
  static final Map<String, String> VERSIONS =
      Map.of(
          PUT, "096fKKXTRTtl3on89fVO.nfljtsv6qko",
          SPACED, "IYV3p45BT0ac8hjHg1houSdS1a.Mro8e",
          IN_PARTS, "L4kqtJlcpXroDTDmpUMLUo.nRkBFdQ0s");

  /** A header and as many tokens as one call takes. */
  private static final int LINES_OF_ONE_CHUNK = 101;

  private final OneMachine machine;
  private final Samples samples;

  /** Seeds an installation on embedded services, which is called as {@link #NAMES} says. */
  SamSeed(OneMachine machine, Samples samples) {
    this.machine = machine;
    this.samples = samples;
  }

  /** Puts all that is not there, and queues the chunk. */
  void plant() throws IOException {
    Ledger ledger = machine.installation().ledger();
    samples.syncs().forEach(file -> ledger.putSyncFile(file.sync().name(), file.json()));
    byte[] profiles = samples.read("profiles.csv.gz");
    try (S3Client s3 = machine.services().clients().s3()) {
      put(s3, TOKENS, oneChunk(samples.read("tokens.csv")), "2026-11-24T10:00:00Z");
      put(s3, PUT, profiles, "2026-11-24T10:15:00Z");
      put(s3, SPACED, profiles, "2026-11-24T10:15:01Z");
      putInParts(s3, IN_PARTS, profiles, "2026-11-24T10:21:43Z");
    }
    machine.split(SplitterEvents.objectCreated(NAMES.exportBucket(), TOKENS, ""));
  }

  private static byte[] oneChunk(byte[] tokens) {
    return new String(tokens, StandardCharsets.UTF_8)
        .lines()
        .limit(LINES_OF_ONE_CHUNK)
        .collect(joining("\r\n", "", "\r\n"))
        .getBytes(StandardCharsets.UTF_8);
  }

  private void put(S3Client s3, String key, byte[] content, String lastModified)
      throws IOException {
    s3.putObject(
        request -> request.bucket(NAMES.exportBucket()).key(key), RequestBody.fromBytes(content));
    date(key, lastModified);
  }

  /** As big exports come, so that the ETag is one of parts; here of a single one. */
  private void putInParts(S3Client s3, String key, byte[] content, String lastModified)
      throws IOException {
    String bucket = NAMES.exportBucket();
    String upload = s3.createMultipartUpload(request -> request.bucket(bucket).key(key)).uploadId();
    String etag =
        s3.uploadPart(
                request -> request.bucket(bucket).key(key).uploadId(upload).partNumber(1),
                RequestBody.fromBytes(content))
            .eTag();
    CompletedPart part = CompletedPart.builder().partNumber(1).eTag(etag).build();
    s3.completeMultipartUpload(
        request ->
            request
                .bucket(bucket)
                .key(key)
                .uploadId(upload)
                .multipartUpload(CompletedMultipartUpload.builder().parts(part).build()));
    date(key, lastModified);
  }

  /** The embedded S3 takes an object's time from its file. */
  private void date(String key, String lastModified) throws IOException {
    Path file = machine.services().embedded().orElseThrow().file(NAMES.exportBucket(), key);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse(lastModified)));
  }
}
