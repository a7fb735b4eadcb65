package io.tapline.aws;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * How the SDK's clients are made, once, for every place that needs one. Credentials and region come
 * from where the SDK looks for them; so does {@code AWS_ENDPOINT_URL} unless endpoints are given.
 */
public final class AwsClients {

  private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(100);

  private static final Duration EVENT_TIMEOUT = Duration.ofSeconds(10);

  /**
   * As many as there are requests at once: 32 in the closing of a run, and on one machine the reads
   * of 15 workers, four each.
   */
  private static final String KEPT_CONNECTIONS = "64";

  private static final String KEPT_CONNECTIONS_PROPERTY = "http.maxConnections";

  static {
    // The JDK keeps five idle connections to a host, and closes the others: of 32 reads at once, 27
    // would need a new one each time, with its TLS handshake. It reads this when the first one
    // ends.
    if (System.getProperty(KEPT_CONNECTIONS_PROPERTY) == null) {
      System.setProperty(KEPT_CONNECTIONS_PROPERTY, KEPT_CONNECTIONS);
    }
  }

  private final @Nullable URI s3Endpoint;
  private final @Nullable URI sqsEndpoint;
  private final @Nullable AwsCredentials credentials;
  private final SdkHttpClient http =
      UrlConnectionHttpClient.builder()
          .connectionTimeout(Duration.ofSeconds(5))
          .socketTimeout(ATTEMPT_TIMEOUT)
          .build();

  private AwsClients(
      @Nullable URI s3Endpoint, @Nullable URI sqsEndpoint, @Nullable AwsCredentials credentials) {
    this.s3Endpoint = s3Endpoint;
    this.sqsEndpoint = sqsEndpoint;
    this.credentials = credentials;
  }

  /** Clients as the environment says. */
  public static AwsClients fromEnvironment() {
    return new AwsClients(null, null, null);
  }

  /** Clients of an S3 and an SQS on this machine, with the one pair of keys that they know. */
  public static AwsClients at(URI s3Endpoint, URI sqsEndpoint, AwsCredentials credentials) {
    return new AwsClients(s3Endpoint, sqsEndpoint, credentials);
  }

  /** A new S3 client; it reaches buckets by path where the endpoint is not AWS's own. */
  public S3Client s3() {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClient(http)
            .overrideConfiguration(
                overrides().addExecutionInterceptor(new NoExpectContinue()).build())
            // TLS guards the way; checksums on top would turn small writes into chunked trailers.
            .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    if (s3Endpoint != null || hasForeignEndpoint()) {
      builder.forcePathStyle(true);
    }
    override(builder, s3Endpoint);
    return builder.build();
  }

  /** A new SQS client. */
  public SqsClient sqs() {
    SqsClientBuilder builder =
        SqsClient.builder().httpClient(http).overrideConfiguration(overrides().build());
    override(builder, sqsEndpoint);
    return builder.build();
  }

  /** A new Secrets Manager client. */
  public SecretsManagerClient secretsManager() {
    return SecretsManagerClient.builder()
        .httpClient(http)
        .overrideConfiguration(overrides().build())
        .build();
  }

  /** A new SSM client. */
  public SsmClient ssm() {
    return SsmClient.builder().httpClient(http).overrideConfiguration(overrides().build()).build();
  }

  /** A new Lambda client. */
  public LambdaClient lambda() {
    return LambdaClient.builder()
        .httpClient(http)
        .overrideConfiguration(overrides().build())
        .build();
  }

  /** A new EventBridge client; it gives up early, since an event can be sent later. */
  public EventBridgeClient eventBridge() {
    return EventBridgeClient.builder()
        .httpClient(http)
        .overrideConfiguration(
            overrides().apiCallAttemptTimeout(EVENT_TIMEOUT).apiCallTimeout(EVENT_TIMEOUT).build())
        .build();
  }

  private void override(AwsClientBuilder<?, ?> builder, @Nullable URI endpoint) {
    if (endpoint != null && credentials != null) {
      builder
          .endpointOverride(endpoint)
          .region(Region.US_EAST_1)
          .credentialsProvider(StaticCredentialsProvider.create(credentials));
    }
  }

  private static boolean hasForeignEndpoint() {
    return System.getenv("AWS_ENDPOINT_URL") != null
        || System.getenv("AWS_ENDPOINT_URL_S3") != null;
  }

  private static ClientOverrideConfiguration.Builder overrides() {
    return ClientOverrideConfiguration.builder()
        .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
        .apiCallTimeout(CALL_TIMEOUT);
  }

  /**
   * Takes {@code Expect: 100-continue} off. Ledger objects are small, so it only costs a round
   * trip; and the JDK's URL connection, waiting for the interim answer, was seen to stall when many
   * conditional writes ended in 412 at once.
   */
  private static final class NoExpectContinue implements ExecutionInterceptor {
    @Override
    public SdkHttpRequest modifyHttpRequest(
        Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
      return context.httpRequest().copy(request -> request.removeHeader("Expect"));
    }
  }
}
