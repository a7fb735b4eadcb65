package io.tapline.job;

import io.tapline.aws.AwsClients;
import io.tapline.aws.Clock;
import io.tapline.aws.DeadLetters;
import io.tapline.aws.MessageQueue;
import io.tapline.aws.ObjectStore;
import io.tapline.aws.S3ObjectStore;
import io.tapline.aws.SqsDeadLetters;
import io.tapline.aws.SqsMessageQueue;
import io.tapline.clevertap.CleverTapApi;
import io.tapline.clevertap.HttpCleverTapApi;
import io.tapline.ledger.Ledger;
import io.tapline.sync.AwsConnections;
import io.tapline.sync.ConnectionSource;
import io.tapline.sync.LazyConnections;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/**
 * All that the steps of a job reach outside of themselves: one deployment of Tapline, on AWS or on
 * one machine. Made once for each environment; safe for use by several threads, as its parts are.
 *
 * @param reads what reads run on that need not wait for each other
 */
public record Installation(
    ObjectStore store,
    Ledger ledger,
    MessageQueue queue,
    ConnectionSource connections,
    CleverTapApi cleverTap,
    Clock clock,
    Executor reads) {

  /** The environment variable that names the work bucket. */
  public static final String WORK_BUCKET = "TAPLINE_WORK_BUCKET";

  /** The environment variable that names the export bucket; only the splitter has it. */
  public static final String EXPORT_BUCKET = "TAPLINE_EXPORT_BUCKET";

  /** The environment variable that holds the URL of the queue of chunks. */
  public static final String QUEUE_URL = "TAPLINE_QUEUE_URL";

  /** The environment variable that holds the URL of its dead-letter queue; for the finalizer. */
  public static final String DEAD_LETTER_QUEUE_URL = "TAPLINE_DEAD_LETTER_QUEUE_URL";

  /** The environment variable that holds the installation's name, for its metrics. */
  public static final String NAME = "TAPLINE_INSTALLATION";

  /** An installation that reads one after the other. */
  public Installation(
      ObjectStore store,
      Ledger ledger,
      MessageQueue queue,
      ConnectionSource connections,
      CleverTapApi cleverTap,
      Clock clock) {
    this(store, ledger, queue, connections, cleverTap, clock, Runnable::run);
  }

  /**
   * The installation that a function's environment names.
   *
   * @throws IllegalStateException when a variable is missing
   */
  public static Installation of(Map<String, String> environment) {
    AwsClients clients = AwsClients.fromEnvironment();
    Clock clock = Clock.system();
    return of(
        clients,
        required(environment, WORK_BUCKET),
        required(environment, QUEUE_URL),
        new LazyConnections(() -> new AwsConnections(clients::secretsManager, clients::ssm, clock)),
        clock);
  }

  /**
   * The bucket where exports arrive, as a function's environment names it.
   *
   * @throws IllegalStateException when it does not
   */
  public static String exportBucket(Map<String, String> environment) {
    return required(environment, EXPORT_BUCKET);
  }

  /**
   * The installation's name, as a function's environment gives it.
   *
   * @throws IllegalStateException when it does not
   */
  public static String name(Map<String, String> environment) {
    return required(environment, NAME);
  }

  /**
   * What the queue of chunks gave up, as a function's environment names it.
   *
   * @throws IllegalStateException when it does not
   */
  public static DeadLetters deadLetters(Map<String, String> environment) {
    String url = required(environment, DEAD_LETTER_QUEUE_URL);
    return new SqsDeadLetters(AwsClients.fromEnvironment().sqs(), url);
  }

  /** An installation of these clients, work bucket, queue and connections. */
  public static Installation of(
      AwsClients clients,
      String workBucket,
      String queueUrl,
      ConnectionSource connections,
      Clock clock) {
    ObjectStore store = new S3ObjectStore(clients.s3(), clock);
    return new Installation(
        store,
        new Ledger(store, workBucket),
        new SqsMessageQueue(clients::sqs, queueUrl),
        connections,
        new HttpCleverTapApi(clock),
        clock,
        newReads());
  }

  /** Threads that read beside each other; they need not be ended. */
  public static Executor newReads() {
    return Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("read-", 0).factory());
  }

  private static String required(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalStateException("the environment variable " + name + " is not set");
    }
    return value;
  }
}
