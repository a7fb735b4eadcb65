package io.tapline.aws;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * An S3 and an SQS in this JVM, on loopback and in memory. Each starts when it is first asked for
 * and ends with the JVM; tests keep apart by buckets and queues of their own.
 */
public final class LoopbackAws {

  private static final AwsBasicCredentials CREDENTIALS = AwsBasicCredentials.create("test", "test");
  private static final AtomicInteger NAMES = new AtomicInteger();

  private LoopbackAws() {}

  /** Made as the functions make it. */
  public static S3Client s3() {
    return S3.CLIENT;
  }

  /** The store over {@link #s3()}. */
  public static ObjectStore store() {
    return new S3ObjectStore(s3(), Clock.system());
  }

  /** A new, empty bucket. */
  public static String newBucket() {
    String bucket = "bucket-" + NAMES.incrementAndGet();
    s3().createBucket(request -> request.bucket(bucket));
    return bucket;
  }

  /** Made as the functions make it. */
  public static SqsClient sqs() {
    return Sqs.CLIENT;
  }

  /** The URL of a new, empty FIFO queue. */
  public static String newQueue() {
    String name = "queue-" + NAMES.incrementAndGet() + ".fifo";
    return sqs()
        .createQueue(
            request ->
                request.queueName(name).attributes(Map.of(QueueAttributeName.FIFO_QUEUE, "true")))
        .queueUrl();
  }

  static URI endpointOfS3() {
    return S3.ENDPOINT;
  }

  static AwsClients clientsAt(URI endpoint) {
    return AwsClients.at(endpoint, endpoint, CREDENTIALS);
  }

  private static URI loopback(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  private static final class S3 {

    private static final URI ENDPOINT = start();
    private static final S3Client CLIENT = clientsAt(ENDPOINT).s3();

    private static URI start() {
      S3Proxy server =
          S3Proxy.builder()
              .blobStore(new TransientNio2BlobStore())
              .endpoint(loopback(0))
              .awsAuthentication(
                  AuthenticationType.AWS_V4,
                  CREDENTIALS.accessKeyId(),
                  CREDENTIALS.secretAccessKey())
              .build();
      try {
        server.start();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      return loopback(server.getPort());
    }
  }

  private static final class Sqs {

    private static final SqsClient CLIENT = clientsAt(start()).sqs();

    private static URI start() {
      return loopback(
          SQSRestServerBuilder.withInterface("127.0.0.1")
              .withDynamicPort()
              .start()
              .waitUntilStarted()
              .localAddress()
              .getPort());
    }
  }
}
