package io.tapline.local.chaos;

import io.tapline.aws.AwsClients;
import io.tapline.aws.Clock;
import io.tapline.aws.S3ObjectStore;
import io.tapline.aws.SqsDeadLetters;
import io.tapline.local.EmbeddedS3;
import io.tapline.local.EmbeddedSqs;
import io.tapline.local.Queues;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The embedded S3 and SQS, with buckets and a queue of their own for each run. Objects have the
 * real time; what the queue does with time follows the run's clock. Thread-safe.
 */
final class EmbeddedPair implements AutoCloseable {

  private final EmbeddedS3 embeddedS3;
  private final EmbeddedSqs embeddedSqs;
  private final S3Client s3;
  private final SqsClient sqs;
  private final AtomicInteger runs = new AtomicInteger();

  private EmbeddedPair(EmbeddedS3 embeddedS3, EmbeddedSqs embeddedSqs) {
    this.embeddedS3 = embeddedS3;
    this.embeddedSqs = embeddedSqs;
    AwsClients clients =
        AwsClients.at(embeddedS3.endpoint(), embeddedSqs.endpoint(), embeddedS3.credentials());
    this.s3 = clients.s3();
    this.sqs = clients.sqs();
  }

  /**
   * Starts both.
   *
   * @param directory where the S3 keeps its objects
   */
  static EmbeddedPair start(Path directory) throws IOException {
    return new EmbeddedPair(EmbeddedS3.start(directory), EmbeddedSqs.start());
  }

  /** New buckets and a new queue, for a run in the time of {@code clock}. */
  Backing backing(Clock clock) {
    int run = runs.incrementAndGet();
    String exports = "exports-" + run;
    String work = "work-" + run;
    s3.createBucket(request -> request.bucket(exports));
    s3.createBucket(request -> request.bucket(work));
    Queues queues =
        Queues.open(
            sqs, "chunks-" + run, SqsChunkQueue.REAL_VISIBILITY, VirtualLambda.MAX_RECEIVES);
    return new Backing(
        new S3ObjectStore(s3, clock),
        new SqsChunkQueue(sqs, queues.url(), clock),
        new SqsDeadLetters(sqs, queues.deadLetterUrl()),
        exports,
        work);
  }

  @Override
  public void close() {
    s3.close();
    sqs.close();
    embeddedSqs.close();
    embeddedS3.close();
  }
}
