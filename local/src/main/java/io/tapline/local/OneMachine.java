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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The installation's name. */
  private static final String NAME = "local";

  /** Whoever pushes waits for the report. */
  private static final EventBus NOBODY_LISTENS = (detailType, detail) -> {};

  private final Services services;
  private final Names names;
  private final Consumer<String> log;
  private final SqsClient workersSqs;
  private final Queues queues;
  private final Figures figures = new Figures();
  private final Installation installation;
  private final SplitterHandler splitter;
  private final FinalizerHandler finalizer;

  private final AtomicInteger chunksDone = new AtomicInteger();

  /** What the splitter left for invocations of their own. */
  private final Queue<byte[]> splits = new ConcurrentLinkedQueue<>();

  private @Nullable EventSourceMapping workers;

  private volatile @Nullable String waiting;

  private OneMachine(
      Services services, Names names, ConnectionSource connections, Consumer<String> log) {
    this.services = services;
    this.names = names;
    this.log =
        line -> {
          if (!MetricLine.isOne(line)) {
            log.accept(line);
          }
        };
    AwsClients clients = services.clients();
    this.workersSqs = clients.sqs();
    try (S3Client s3 = clients.s3()) {
      makeBucket(s3, names.exportBucket());
      makeBucket(s3, names.workBucket());
    }
    this.queues = Queues.open(workersSqs, names.queue(), VISIBILITY_TIMEOUT, MAX_RECEIVES);
    this.installation =
        figures.of(
            Installation.of(clients, names.workBucket(), queues.url(), connections, Clock.system()),
            names.workBucket());
    this.splitter =
        new SplitterHandler(
            NAME, installation, names.exportBucket(), (function, event) -> splits.add(event));
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
   * @param environment where other services than the embedded ones are looked for, as {@link
   *     Services#start} does
   * @param log takes what the functions log, a line at a time, from several threads
   * @throws UsageException when only one of the two services is named, or a service can't be used
   */
  static OneMachine start(
      Path work,
      Map<String, String> environment,
      ConnectionSource connections,
      Consumer<String> log) {
    Services services = Services.start(work, environment);
    try {
      return on(services, Names.DEFAULT, connections, log);
    } catch (SdkException e) {
      throw services.embedded().isPresent() ? e : Services.unusable(e);
    }
  }

  /** Starts an installation on these services, which it closes at its end. */
  static OneMachine on(
      Services services, Names names, ConnectionSource connections, Consumer<String> log) {
    try {
      return new OneMachine(services, names, connections, log);
    } catch (RuntimeException e) {
      services.close();
      throw e;
    }
  }

  /** Whether a job was opened in an embedded S3 that keeps its objects here. */
  static boolean knows(Path work, String job) {
    return Files.exists(work.resolve(Names.DEFAULT.workBucket()).resolve("claims").resolve(job));
  }

  Installation installation() {
    return installation;
  }

  String exportBucket() {
    return names.exportBucket();
  }

  String workBucket() {
    return names.workBucket();
  }

  Services services() {
    return services;
  }

  /** Where its chunks are queued, and where they end that nobody can push. */
  Queues queues() {
    return queues;
  }

  /** Where a person finds the reports of a job; empty where the S3 is not embedded. */
  Optional<Path> reportsOf(Job job) {
    return services
        .embedded()
        .map(s3 -> s3.file(names.workBucket(), "jobs/" + job.sync() + "/" + job.id()));
  }

  /**
   * Whether its queue is gone when it stops, so that it has to be filled again at the next start.
   */
  boolean hasForgetfulQueue() {
    return services.embedded().isPresent();
  }

  /** Whether nobody else can be at its jobs: its S3 is its own. */
  boolean isAlone() {
    return services.embedded().isPresent();
  }

  /** How many chunks the workers are through with since they were started. */
  int chunksDone() {
    return chunksDone.get();
  }

  /** What its functions have come to with a job. */
  Figures figures() {
    return figures;
  }

  /**
   * Hands the splitter an event, and then those by which it goes on itself.
   *
   * @return what it answered, an object for each export
   */
  List<JsonNode> split(byte[] event) {
    List<JsonNode> answers = new ArrayList<>();
    for (byte[] next = event; next != null; next = splits.poll()) {
      invokeSplitter(next).forEach(answers::add);
    }
    return answers;
  }

  private JsonNode invokeSplitter(byte[] event) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try {
      splitter.handleRequest(
          new ByteArrayInputStream(event),
          answer,
          LocalContext.begin("splitter", SPLITTER_TIMEOUT, Clock.system(), log));
      return JSON.readTree(answer.toByteArray());
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

  /**
   * Lets the finalizer look after the open runs.
   *
   * @return the jobs of which it closed a run
   */
  List<String> finish() {
    return finalizer
        .handleRequest(
            Map.of(),
            LocalContext.begin("finalizer", FINALIZER_TIMEOUT, Clock.system(), this::takeLine))
        .getOrDefault("closed", List.of());
  }

  @Override
  public void close() {
    if (workers != null) {
      workers.close();
    }
    workersSqs.close();
    services.close();
  }

  private static void makeBucket(S3Client s3, String bucket) {
    try {
      s3.headBucket(request -> request.bucket(bucket));
    } catch (NoSuchBucketException e) {
      s3.createBucket(request -> request.bucket(bucket));
    }
  }

  /**
   * What its parts are called.
   *
   * @param queue without the suffix {@code .fifo}
   */
  record Names(String exportBucket, String workBucket, String queue) {

    /** Those of an installation that has no account. */
    static final Names DEFAULT = new Names("tapline-exports", "tapline-work", "tapline-chunks");
  }
}
