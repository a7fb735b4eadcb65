package io.tapline.local;

import io.tapline.aws.AwsClients;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The S3 and the SQS of one machine: embedded, or those that {@code AWS_ENDPOINT_URL} names. Its
 * clients are safe for several threads.
 */
final class Services implements AutoCloseable {

  private static final String ENDPOINT = "AWS_ENDPOINT_URL";
  private static final String S3_ENDPOINT = "AWS_ENDPOINT_URL_S3";
  private static final String SQS_ENDPOINT = "AWS_ENDPOINT_URL_SQS";

  private final AwsClients clients;
  private final @Nullable Embedded embedded;

  private Services(AwsClients clients, @Nullable Embedded embedded) {
    this.clients = clients;
    this.embedded = embedded;
  }

  /**
   * Starts both, or takes those that the environment names.
   *
   * @param work where the embedded S3 keeps its objects
   * @param environment where {@code AWS_ENDPOINT_URL}, or {@code AWS_ENDPOINT_URL_S3} and {@code
   *     AWS_ENDPOINT_URL_SQS}, are looked for; with them nothing is embedded
   * @throws UsageException when only one of the two is named, or the folder can't be used
   */
  static Services start(Path work, Map<String, String> environment) {
    return hasEndpoints(environment)
        ? new Services(AwsClients.fromEnvironment(), null)
        : embed(work, 0, 0, EmbeddedS3.ownCredentials(), UnaryOperator.identity());
  }

  /**
   * Starts both on ports of one's own choice; 0 takes a free one.
   *
   * @param work where the S3 keeps its objects
   * @param credentials the only ones that the S3 accepts
   * @param addition put in front of the S3's files
   * @throws UsageException when the folder can't be used
   */
  static Services embed(
      Path work,
      int s3Port,
      int sqsPort,
      AwsCredentials credentials,
      UnaryOperator<BlobStore> addition) {
    WorkFolder folder = WorkFolder.lock(work);
    try {
      EmbeddedS3 s3 = EmbeddedS3.start(work, s3Port, credentials, addition);
      EmbeddedSqs sqs = EmbeddedSqs.start(sqsPort);
      return new Services(
          AwsClients.at(s3.endpoint(), sqs.endpoint(), credentials), new Embedded(folder, s3, sqs));
    } catch (IOException e) {
      folder.close();
      throw new UsageException(e.getMessage() + " (--work " + work + ")");
    }
  }

  /** Whether the environment names an S3 and an SQS; one without the other would be a mistake. */
  static boolean hasEndpoints(Map<String, String> environment) {
    boolean both = isSet(environment, ENDPOINT);
    boolean s3 = both || isSet(environment, S3_ENDPOINT);
    boolean sqs = both || isSet(environment, SQS_ENDPOINT);
    if (s3 != sqs) {
      throw new UsageException(
          "%s is set and %s is not; set both, or %s for both services, or none to use the embedded ones"
              .formatted(
                  s3 ? S3_ENDPOINT : SQS_ENDPOINT, s3 ? SQS_ENDPOINT : S3_ENDPOINT, ENDPOINT));
    }
    return s3;
  }

  private static boolean isSet(Map<String, String> environment, String name) {
    return !environment.getOrDefault(name, "").isBlank();
  }

  AwsClients clients() {
    return clients;
  }

  /** Those inside this JVM; empty where the environment names others. */
  Optional<Embedded> embedded() {
    return Optional.ofNullable(embedded);
  }

  /** What there is to say when the services that the environment names fail. */
  static UsageException unusable(SdkException failure) {
    return new UsageException(
        S3Trouble.of(failure, "the S3 or SQS that %s names".formatted(ENDPOINT)));
  }

  @Override
  public void close() {
    if (embedded != null) {
      embedded.sqs().close();
      embedded.s3().close();
      embedded.folder().close();
    }
  }

  /** Both inside this JVM, and where the S3 keeps its objects, one folder a bucket. */
  record Embedded(WorkFolder folder, EmbeddedS3 s3, EmbeddedSqs sqs) {

    /** The file of an object. */
    Path file(String bucket, String key) {
      return folder.path().resolve(bucket).resolve(key);
    }
  }
}
