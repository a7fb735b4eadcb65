package io.tapline.finalizer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.tapline.aws.AwsClients;
import io.tapline.aws.DeadLetters;
import io.tapline.aws.EventBridgeBus;
import io.tapline.aws.EventBus;
import io.tapline.aws.TimeBudget;
import io.tapline.chunk.ChunkMessage;
import io.tapline.job.ClosedRun;
import io.tapline.job.DeadChunk;
import io.tapline.job.DeadChunks;
import io.tapline.job.Failures;
import io.tapline.job.Finish;
import io.tapline.job.FunctionLog;
import io.tapline.job.Installation;
import io.tapline.job.JobFinished;
import io.tapline.job.LogLine;
import io.tapline.job.Metric;
import io.tapline.job.MetricLine;
import io.tapline.job.WaitingList;
import io.tapline.report.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Moves every open job on: gives up chunks whose messages are dead, releases what may be released,
 * makes segments of custom lists, closes what is done, writes its report and tells of it. A
 * schedule starts it; what its event says does not matter.
 *
 * <p>A closed run is logged and its metrics are written when it is closed: not at all where the
 * function dies just then. Its event is put until the bus has taken it once, so it may come twice.
 *
 * <p>Answers with {@code {"closed": [job, …]}}.
 */
public final class FinalizerHandler
    implements RequestHandler<Map<String, Object>, Map<String, List<String>>> {

  /** The function's own time limit, and a minute for clocks that differ. */
  public static final Duration LONGEST_LIFE = Duration.ofMinutes(16);

  private final String name;
  private final Installation installation;
  private final EventBus bus;
  private final DeadChunks deadChunks;
  private final Finish finish;

  /**
   * The function as Lambda makes it.
   *
   * @throws IllegalStateException when its environment does not name an installation
   */
  public FinalizerHandler() {
    this(
        Installation.name(System.getenv()),
        Installation.of(System.getenv()),
        Installation.deadLetters(System.getenv()),
        new EventBridgeBus(AwsClients.fromEnvironment()::eventBridge));
  }

  /**
   * The function of this installation; others of its kind may run at the same time.
   *
   * @param name the installation's, for its metrics and events
   * @param letters what the installation's queue of chunks gave up
   * @param bus is told of each job that is over
   */
  public FinalizerHandler(
      String name, Installation installation, DeadLetters letters, EventBus bus) {
    this(name, installation, letters, bus, LONGEST_LIFE);
  }

  /**
   * The function of this installation.
   *
   * @param name the installation's, for its metrics and events
   * @param letters what the installation's queue of chunks gave up
   * @param bus is told of each job that is over
   * @param longestLife how long another one of its kind may run; zero where there is no other
   */
  public FinalizerHandler(
      String name,
      Installation installation,
      DeadLetters letters,
      EventBus bus,
      Duration longestLife) {
    this(name, installation, letters, bus, new Finish(installation, longestLife));
  }

  /** The function of this installation, with windows of another size. */
  public FinalizerHandler(
      String name, Installation installation, DeadLetters letters, EventBus bus, Finish finish) {
    this.name = name;
    this.installation = installation;
    this.bus = bus;
    this.deadChunks = new DeadChunks(installation, letters);
    this.finish = finish;
  }

  /**
   * Takes the dead letters, then goes over the open jobs, until the time is over; the next
   * invocation takes up the rest.
   *
   * @throws RuntimeException the first failure, after all was looked at
   */
  @Override
  public Map<String, List<String>> handleRequest(Map<String, Object> event, Context context) {
    TimeBudget budget =
        TimeBudget.of(installation.clock(), Duration.ofMillis(context.getRemainingTimeInMillis()));
    FunctionLog log =
        new FunctionLog(context.getLogger()::log, installation.clock(), context.getAwsRequestId());
    List<String> closed = new ArrayList<>();
    Failures failures = new Failures();
    failures.collect(() -> deadChunks.giveUp(budget, dead -> tell(dead, log)));
    failures.collect(
        () -> {
          List<WaitingList> waiting =
              finish.finish(
                  budget,
                  run -> {
                    if (!run.again()) {
                      closed.add(run.report().job());
                    }
                    tell(run, log);
                  });
          waiting.forEach(list -> log.add(about(list)));
        });
    failures.rethrow();
    return Map.of("closed", closed);
  }

  private void tell(DeadChunk dead, FunctionLog log) {
    boolean isHarmless =
        switch (dead.end()) {
          case GIVEN_UP, FOREIGN -> false;
          case HAD_OUTCOME, EXPIRED, TAKEN -> true;
        };
    log.add(about(dead, isHarmless));
    if (!isHarmless) {
      ChunkMessage chunk = dead.chunk();
      String sync = chunk == null ? null : chunk.sync();
      log.add(
          new MetricLine(installation.clock().instant(), name, sync).with(Metric.DEAD_CHUNKS, 1));
    }
  }

  /** The event comes last: where it can't be sent, the run is told again. */
  private void tell(ClosedRun run, FunctionLog log) {
    if (!run.again()) {
      log.add(about(run.report()));
      log.add(run.metrics(installation.clock().instant(), name));
    }
    bus.put(JobFinished.DETAIL_TYPE, JobFinished.of(name, installation.ledger(), run).toJson());
  }

  private static LogLine about(DeadChunk dead, boolean isHarmless) {
    LogLine line =
        (isHarmless ? LogLine.warn("dead message") : LogLine.error("dead message"))
            .with("end", dead.end().name().toLowerCase(Locale.ROOT))
            .with("message", dead.message());
    ChunkMessage chunk = dead.chunk();
    if (chunk != null) {
      line.with("job", chunk.job())
          .with("sync", chunk.sync())
          .with("run", chunk.run())
          .with("chunk", chunk.chunk().toString());
    }
    return line;
  }

  private static LogLine about(Report report) {
    return LogLine.info("closed")
        .with("job", report.job())
        .with("sync", report.sync())
        .with("run", report.runs())
        .with("status", report.status().name())
        .with("read", report.rows().read())
        .with("accepted", report.rows().accepted());
  }

  private LogLine about(WaitingList list) {
    Duration wait = Duration.between(installation.clock().instant(), list.until());
    return LogLine.info("later")
        .with("job", list.run().job())
        .with("sync", list.run().sync())
        .with("reason", list.reason())
        .with("seconds", Math.max(0, wait.toSeconds()));
  }
}
