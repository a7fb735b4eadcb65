package io.tapline.local;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapline.aws.AwsClients;
import io.tapline.aws.Clock;
import io.tapline.aws.DeadLetters;
import io.tapline.aws.EventBus;
import io.tapline.aws.SqsDeadLetters;
import io.tapline.finalizer.FinalizerHandler;
import io.tapline.job.Installation;
import io.tapline.job.MetricLine;
import io.tapline.ledger.Job;
import io.tapline.splitter.SplitterHandler;
import io.tapline.sync.ConnectionSource;
import io.tapline.worker.WorkerHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A whole installation on one machine: the real handlers between an S3 and an SQS, embedded or
 * those that {@code AWS_ENDPOINT_URL} names. No handler knows the difference.
 */
final class OneMachine implements AutoCloseable {

  /** The functions' settings, as in {@code template.yaml}. */
  static final Duration SPLITTER_TIMEOUT = Duration.ofMinutes(15);

  static final Duration WORKER_TIMEOUT = Duration.ofMinutes(2);
  static final Duration FINALIZER_TIMEOUT = Duration.ofMinutes(15);
  static final Duration VISIBILITY_TIMEOUT = WORKER_TIMEOUT.multipliedBy(6);
  static final int MAX_RECEIVES = 100;
  static final int ACCOUNT_CAP = 10;

  private static final String ENDPOINT = "AWS_ENDPOINT_URL";
  private static final String S3_ENDPOINT = "AWS_ENDPOINT_URL_S3";
  private static final String SQS_ENDPOINT = "AWS_ENDPOINT_URL_SQS";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final String EXPORT_BUCKET = "tapline-exports";
  private static final String WORK_BUCKET = "tapline-work";
  private static final String QUEUE = "tapline-chunks";

  /** The installation's name. */
  private static final String NAME = "local";

  /** Whoever pushes waits for the report. */
  private static final EventBus NOBODY_LISTENS = (detailType, detail) -> {};

  private final @Nullable WorkFolder work;
  private final @Nullable EmbeddedS3 embeddedS3;
  private final @Nullable EmbeddedSqs embeddedSqs;
  private final Consumer<String> log;
  private final SqsClient workersSqs;
  private final Queues queues;
  private final Installation installation;
  private final SplitterHandler splitter;
  private final FinalizerHandler finalizer;
  private final AtomicInteger chunksDone = new AtomicInteger();

  /** What the splitter left for invocations of their own. */
  private final Queue<byte[]> splits = new ConcurrentLinkedQueue<>();

  private @Nullable EventSourceMapping workers;

  private volatile @Nullable String waiting;

  private OneMachine(
      @Nullable WorkFolder work,
      @Nullable EmbeddedS3 embeddedS3,
      @Nullable EmbeddedSqs embeddedSqs,
      AwsClients clients,
      ConnectionSource connections,
      Consumer<String> log) {
    this.work = work;
    this.embeddedS3 = embeddedS3;
    this.embeddedSqs = embeddedSqs;
    this.log =
        line -> {
          if (!MetricLine.isOne(line)) {
            log.accept(line);
          }
        };
    this.workersSqs = clients.sqs();
    try (S3Client s3 = clients.s3()) {
      makeBucket(s3, EXPORT_BUCKET);
      makeBucket(s3, WORK_BUCKET);
    }
    this.queues = Queues.open(workersSqs, QUEUE, VISIBILITY_TIMEOUT, MAX_RECEIVES);
    this.installation =
        Installation.of(clients, WORK_BUCKET, queues.url(), connections, Clock.system());
    this.splitter =
        new SplitterHandler(installation, EXPORT_BUCKET, (function, event) -> splits.add(event));
    DeadLetters letters = new SqsDeadLetters(workersSqs, queues.deadLetterUrl());
    this.finalizer =
        isAlone()
            // What an earlier one left half done need not be waited for.
            ? new FinalizerHandler(NAME, installation, letters, NOBODY_LISTENS, Duration.ZERO)
            : new FinalizerHandler(NAME, installation, letters, NOBODY_LISTENS);
  }

  /**
   * Starts an installation.
   *
   * @param work where the embedded S3 keeps its objects
   * @param environment where {@code AWS_ENDPOINT_URL}, or {@code AWS_ENDPOINT_URL_S3} and {@code
   *     AWS_ENDPOINT_URL_SQS}, are looked for; with them nothing is embedded
   * @param log takes what the functions log, a line at a time, from several threads
   * @throws UsageException when only one of the two services is named, or a service can't be used
   */
  static OneMachine start(
      Path work,
      Map<String, String> environment,
      ConnectionSource connections,
      Consumer<String> log) {
    if (hasEndpoints(environment)) {
      try {
        return new OneMachine(null, null, null, AwsClients.fromEnvironment(), connections, log);
      } catch (SdkException e) {
        throw new UsageException(
            "the S3 and SQS that %s names can't be used: %s".formatted(ENDPOINT, e.getMessage()));
      }
    }
    WorkFolder folder = WorkFolder.lock(work);
    try {
      EmbeddedS3 s3 = EmbeddedS3.start(work);
      EmbeddedSqs sqs = EmbeddedSqs.start();
      return new OneMachine(
          folder,
          s3,
          sqs,
          AwsClients.at(s3.endpoint(), sqs.endpoint(), s3.credentials()),
          connections,
          log);
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

  /** Whether a job was opened in an embedded S3 that keeps its objects here. */
  static boolean knows(Path work, String job) {
    return Files.exists(work.resolve(WORK_BUCKET).resolve("claims").resolve(job));
  }

  Installation installation() {
    return installation;
  }

  String exportBucket() {
    return EXPORT_BUCKET;
  }

  /** Where a person finds the reports of a job; empty where the S3 is not embedded. */
  Optional<Path> reportsOf(Job job) {
    return Optional.ofNullable(work)
        .map(
            folder ->
                folder.path().resolve(WORK_BUCKET).resolve("jobs/" + job.sync() + "/" + job.id()));
  }

  /**
   * Whether its queue is gone when it stops, so that it has to be filled again at the next start.
   */
  boolean hasForgetfulQueue() {
    return embeddedSqs != null;
  }

  /** Whether nobody else can be at its jobs: its S3 is its own. */
  boolean isAlone() {
    return embeddedS3 != null;
  }

  /** How many chunks the workers are through with since they were started. */
  int chunksDone() {
    return chunksDone.get();
  }

  /** Hands the splitter an event, and then those by which it goes on itself. */
  void split(byte[] event) {
    for (byte[] next = event; next != null; next = splits.poll()) {
      invokeSplitter(next);
    }
  }

  private void invokeSplitter(byte[] event) {
    try {
      splitter.handleRequest(
          new ByteArrayInputStream(event),
          OutputStream.nullOutputStream(),
          LocalContext.begin("splitter", SPLITTER_TIMEOUT, Clock.system(), log));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Why a chunk or a list has to wait, while none gets through; empty when nothing is in the way.
   */
  Optional<String> waiting() {
    return Optional.ofNullable(waiting);
  }

  /** Takes a line of a function's log, which says so when a chunk or a list has to wait. */
  private void takeLine(String line) {
    log.accept(line);
    if (line.contains("\"what\":\"later\"")) {
      try {
        JsonNode later = JSON.readTree(line);
        waiting =
            "%s; the next try is in %d s"
                .formatted(later.path("reason").asText(), later.path("seconds").asLong());
      } catch (JsonProcessingException e) {
        log.accept("not a line of a function's log: " + line);
      }
    }
  }

  /** Lets the workers at the queue, unless they are at it. */
  void startWorkers() {
    if (workers != null) {
      return;
    }
    WorkerHandler worker =
        isAlone()
            // Nor a call: the queue hands out the chunks of a lane one at a time.
            ? new WorkerHandler(NAME, installation, MAX_RECEIVES, Duration.ZERO)
            : new WorkerHandler(NAME, installation, MAX_RECEIVES);
    workers =
        EventSourceMapping.start(
            workersSqs,
            queues.url(),
            new LocalFunction<SQSEvent, SQSBatchResponse>(
                "worker",
                (event, context) -> {
                  SQSBatchResponse response = worker.handleRequest(event, context);
                  if (response.getBatchItemFailures().isEmpty()) {
                    chunksDone.incrementAndGet();
                    waiting = null;
                  }
                  return response;
                },
                WORKER_TIMEOUT,
                Clock.system(),
                this::takeLine),
            ACCOUNT_CAP);
  }

  /** Whether the queue is empty and no worker runs. */
  boolean isIdle() {
    return workers != null && workers.idle();
  }

  /** Lets the finalizer look after the open runs. */
  void finish() {
    finalizer.handleRequest(
        Map.of(),
        LocalContext.begin("finalizer", FINALIZER_TIMEOUT, Clock.system(), this::takeLine));
  }

  @Override
  public void close() {
    if (workers != null) {
      workers.close();
    }
    workersSqs.close();
    if (embeddedSqs != null) {
      embeddedSqs.close();
    }
    if (embeddedS3 != null) {
      embeddedS3.close();
    }
    if (work != null) {
      work.close();
    }
  }

  private static void makeBucket(S3Client s3, String bucket) {
    try {
      s3.headBucket(request -> request.bucket(bucket));
    } catch (NoSuchBucketException e) {
      s3.createBucket(request -> request.bucket(bucket));
    }
  }

  /** The event that S3 sends when an object was put. */
  static byte[] objectCreated(String bucket, String key, String etag) {
    return """
    {"Records": [{
      "eventVersion": "2.3", "eventSource": "aws:s3", "awsRegion": "us-east-1",
      "eventTime": "%s", "eventName": "ObjectCreated:Put",
      "s3": {"s3SchemaVersion": "1.0",
        "bucket": {"name": "%s", "arn": "arn:aws:s3:::%s"},
        "object": {"key": "%s", "eTag": "%s"}}}]}
    """
        .formatted(
            Clock.system().instant(),
            bucket,
            bucket,
            URLEncoder.encode(key, StandardCharsets.UTF_8),
            etag.replace("\"", ""))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The event by which a splitter goes on with a job that is open. */
  static byte[] goOn(String sync, String job) {
    return "{\"tapline\": {\"sync\": \"%s\", \"job\": \"%s\"}}"
        .formatted(sync, job)
        .getBytes(StandardCharsets.UTF_8);
  }
}
