package io.tapline.local.chaos;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.tapline.aws.MemoryQueue.Received;
import io.tapline.aws.ObjectStore;
import io.tapline.aws.ObjectVersion;
import io.tapline.clevertap.CleverTapApi;
import io.tapline.finalizer.FinalizerHandler;
import io.tapline.job.Finish;
import io.tapline.job.Installation;
import io.tapline.job.Release;
import io.tapline.job.Staging;
import io.tapline.ledger.Ledger;
import io.tapline.local.LocalContext;
import io.tapline.local.SqsEvents;
import io.tapline.local.chaos.Step.Operation;
import io.tapline.splitter.SplitterHandler;
import io.tapline.sync.Connection;
import io.tapline.sync.ConnectionSource;
import io.tapline.worker.WorkerHandler;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Lambda in virtual time: it starts the functions as AWS does, kills the ones that take too long,
 * and starts them again. All that it does are tasks of its timeline.
 */
final class VirtualLambda {

  /** The functions' settings, as in {@code template.yaml}. */
  static final Duration VISIBILITY_TIMEOUT = Duration.ofMinutes(12);

  static final int MAX_RECEIVES = 100;

  static final Duration SPLITTER_TIMEOUT = Duration.ofMinutes(15);
  static final Duration WORKER_TIMEOUT = Duration.ofMinutes(2);
  static final Duration FINALIZER_TIMEOUT = Duration.ofMinutes(15);

  private static final Duration FINALIZER_SCHEDULE = Duration.ofMinutes(1);

  /** An asynchronous invocation that fails is tried again twice. */
  private static final int ATTEMPTS = 3;

  private static final Duration FIRST_RETRY = Duration.ofMinutes(1);

  private static final Duration SWEEP_SCHEDULE = Duration.ofMinutes(15);

  private static final Duration POLL = Duration.ofSeconds(10);

  private static final byte[] SWEEP =
      "{\"tapline\": {\"sweep\": true}}".getBytes(StandardCharsets.UTF_8);

  /** The installation's. */
  private static final String NAME = "chaos";

  private static final SqsEvents EVENTS =
      new SqsEvents("arn:aws:sqs:us-east-1:000000000000:chunks.fifo");

  private final Timeline timeline;
  private final Backing backing;
  private final Scenario scenario;
  private final CleverTapApi cleverTap;
  private final ConnectionSource connections;
  private final Plan plan;
  private final long seed;
  private final Environment mapping;
  private final Traffic traffic = new Traffic();
  private final Announcements announcements = new Announcements();
  private final Set<String> surprises = new TreeSet<>();
  private long invocations;
  private int running;
  private int announced;

  VirtualLambda(
      Timeline timeline,
      Backing backing,
      Scenario scenario,
      CleverTapApi cleverTap,
      Connection connection,
      Plan plan,
      long seed) {
    this.timeline = timeline;
    this.backing = backing;
    this.scenario = scenario;
    this.cleverTap = cleverTap;
    this.connections = new OneConnection(connection);
    this.plan = plan;
    this.seed = seed;
    this.mapping = environment("mapping");
  }

  /** Tells the splitter of an export, after {@code delay}. */
  void announce(PutExport export, Duration delay) {
    announced++;
    timeline.start(
        () -> {
          timeline.sleep(delay);
          split(objectCreated(export.version()));
          announced--;
        });
  }

  /** Lets the splitter sweep every 15 minutes. */
  void startSweep() {
    timeline.start(
        () -> {
          while (true) {
            timeline.sleep(SWEEP_SCHEDULE);
            split(SWEEP);
          }
        });
  }

  /**
   * Lets a worker at the queue, again and again.
   *
   * @param twice the share of messages that two of them get at once
   */
  void startWorker(double twice) {
    timeline.start(
        () -> {
          Worker worker = new Worker();
          while (true) {
            Optional<Received> message = backing.queue().receive();
            if (message.isEmpty()) {
              timeline.sleep(POLL);
              continue;
            }
            if (Draws.share(Draws.mix(seed) + Draws.of(message.get().receiptHandle())) < twice) {
              timeline.start(() -> new Worker().take(message.get()));
            }
            worker.take(message.get());
          }
        });
  }

  /**
   * Starts the finalizer every minute.
   *
   * @param copies how many of them at once
   */
  void startFinalizer(int copies, Runnable afterEach) {
    timeline.start(
        () -> {
          while (true) {
            timeline.sleep(FINALIZER_SCHEDULE);
            for (int i = 1; i < copies; i++) {
              timeline.start(this::finish);
            }
            finish();
            afterEach.run();
          }
        });
  }

  /** Whether all news was taken, no function runs and no message is left. */
  boolean isIdle() {
    return announced == 0 && running == 0 && backing.queue().isEmpty();
  }

  /** The most calls to CleverTap that were under way at once. */
  int mostCalls() {
    return traffic.most();
  }

  /** What was told of jobs that are over. */
  Announcements announcements() {
    return announcements;
  }

  /** How functions failed that were not made to. */
  Set<String> surprises() {
    return surprises;
  }

  /** Invokes the splitter, until it is well or was tried as often as Lambda does. */
  private void split(byte[] event) {
    for (int attempt = 1; !isSplit(event) && attempt < ATTEMPTS; attempt++) {
      timeline.sleep(FIRST_RETRY.multipliedBy(attempt));
    }
  }

  private boolean isSplit(byte[] event) {
    Environment environment = environment("splitter");
    Installation installation = installation(environment);
    SplitterHandler handler =
        new SplitterHandler(
            NAME,
            installation,
            backing.exportBucket(),
            (function, another) -> handOver(environment, another),
            new Staging(installation, scenario.rowsPerMark()),
            new Release(installation, scenario.chunksPerWindow()));
    return invoke(
            environment,
            SPLITTER_TIMEOUT,
            () -> {
              handler.handleRequest(
                  new ByteArrayInputStream(event),
                  OutputStream.nullOutputStream(),
                  context("splitter", SPLITTER_TIMEOUT));
              return true;
            })
        .isPresent();
  }

  private void handOver(Environment environment, byte[] event) {
    environment.perform(
        Operation.INVOKE,
        "",
        () -> {
          timeline.start(() -> split(event));
          return true;
        });
  }

  private void finish() {
    Environment environment = environment("finalizer");
    Installation installation = installation(environment);
    FinalizerHandler handler =
        new FinalizerHandler(
            NAME,
            installation,
            new HarmedDeadLetters(environment, backing.deadLetters()),
            new HarmedEventBus(environment, announcements),
            new Finish(
                installation,
                new Release(installation, scenario.chunksPerWindow()),
                FINALIZER_TIMEOUT));
    invoke(
        environment,
        FINALIZER_TIMEOUT,
        () -> handler.handleRequest(Map.of(), context("finalizer", FINALIZER_TIMEOUT)));
  }

  /** An environment that workers run in until one is killed in it. */
  private final class Worker {

    private Environment environment = environment("worker");
    private WorkerHandler handler =
        new WorkerHandler(NAME, installation(environment), scenario.maxReceives());

    /** Invokes the function with a message, which goes when it is done. */
    void take(Received message) {
      if (environment.isDead()) {
        environment = environment("worker");
        handler = new WorkerHandler(NAME, installation(environment), scenario.maxReceives());
      }
      Optional<SQSBatchResponse> response =
          invoke(
              environment,
              WORKER_TIMEOUT,
              () -> handler.handleRequest(event(message), context("worker", WORKER_TIMEOUT)));
      if (response.isPresent() && response.get().getBatchItemFailures().isEmpty()) {
        acknowledge(message);
      }
    }
  }

  /** Where it fails, the message is handed out again in the end. */
  private void acknowledge(Received message) {
    try {
      mapping.perform(
          Operation.ACKNOWLEDGE,
          message.message().deduplicationId(),
          () -> {
            backing.queue().delete(message.receiptHandle());
            return true;
          });
    } catch (LostContactException e) {
      // As on Lambda, nobody is told.
    }
  }

  /** Runs an invocation; empty when it failed or was killed. */
  private <T> Optional<T> invoke(Environment environment, Duration timeout, Callable<T> body) {
    environment.begin(++invocations, timeout);
    running++;
    try {
      T result = body.call();
      return environment.isDead() ? Optional.empty() : Optional.of(result);
    } catch (Killed e) {
      return Optional.empty();
    } catch (Exception e) {
      if (!environment.isDead() && !isMeantToBe(e)) {
        surprises.add(environment.handler() + ": " + e);
      }
      return Optional.empty();
    } finally {
      running--;
    }
  }

  /**
   * Whether it is what the plan made fail, or how a handler says that it wants to be called again.
   */
  private static boolean isMeantToBe(@Nullable Throwable e) {
    return e != null
        && (e instanceof LostContactException
            || e.getClass().getSimpleName().equals("OutageException")
            || isMeantToBe(e.getCause()));
  }

  private Environment environment(String handler) {
    return new Environment(handler, timeline, plan, seed);
  }

  private Installation installation(Environment environment) {
    ObjectStore store = new HarmedStore(environment, backing.store());
    return new Installation(
        store,
        new Ledger(store, backing.workBucket()),
        new HarmedQueue(environment, backing.queue()),
        connections,
        new HarmedCleverTap(environment, cleverTap, traffic),
        environment.clock());
  }

  private LocalContext context(String function, Duration timeout) {
    return LocalContext.begin(function, timeout, timeline, line -> {});
  }

  private static SQSEvent event(Received received) {
    return EVENTS.of(
        Message.builder()
            .messageId(received.id())
            .receiptHandle(received.receiptHandle())
            .body(received.message().body())
            .attributesWithStrings(
                Map.of(
                    "MessageGroupId",
                    received.message().group(),
                    "ApproximateReceiveCount",
                    Integer.toString(received.receives())))
            .build());
  }

  /** EventBridge's news of an object; S3's own has another shape, which says the same. */
  private static byte[] objectCreated(ObjectVersion version) {
    return """
    {"source": "aws.s3", "detail-type": "Object Created",
     "detail": {"bucket": {"name": "%s"}, "object": {"key": "%s", "etag": "%s", "version-id": "%s"}}}
    """
        .formatted(
            version.bucket(),
            version.key(),
            version.etag().replace("\"", ""),
            Objects.requireNonNullElse(version.versionId(), ""))
        .getBytes(StandardCharsets.UTF_8);
  }

  private record OneConnection(Connection connection) implements ConnectionSource {

    @Override
    public Connection get(String name) {
      return connection;
    }

    @Override
    public Connection refresh(String name) {
      return connection;
    }
  }
}
