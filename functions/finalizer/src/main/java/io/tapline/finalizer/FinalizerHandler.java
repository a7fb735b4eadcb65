package io.tapline.finalizer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.tapline.aws.DeadLetters;
import io.tapline.aws.TimeBudget;
import io.tapline.chunk.ChunkMessage;
import io.tapline.job.DeadChunk;
import io.tapline.job.DeadChunks;
import io.tapline.job.Failures;
import io.tapline.job.Finish;
import io.tapline.job.Installation;
import io.tapline.job.LogLine;
import io.tapline.job.WaitingList;
import io.tapline.report.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Moves every open job on: gives up chunks whose messages are dead, releases what may be released,
 * makes segments of custom lists, closes what is done and writes its report. A schedule starts it;
 * what its event says does not matter.
 *
 * <p>Answers with {@code {"closed": [job, …]}}.
 */
public final class FinalizerHandler
    implements RequestHandler<Map<String, Object>, Map<String, List<String>>> {

  /** The function's own time limit, and a minute for clocks that differ. */
  public static final Duration LONGEST_LIFE = Duration.ofMinutes(16);

  private final Installation installation;
  private final DeadChunks deadChunks;
  private final Finish finish;

  /**
   * The function as Lambda makes it.
   *
   * @throws IllegalStateException when its environment does not name an installation
   */
  public FinalizerHandler() {
    this(Installation.of(System.getenv()), Installation.deadLetters(System.getenv()));
  }

  /**
   * The function of this installation; others of its kind may run at the same time.
   *
   * @param letters what the installation's queue of chunks gave up
   */
  public FinalizerHandler(Installation installation, DeadLetters letters) {
    this(installation, letters, LONGEST_LIFE);
  }

  /**
   * The function of this installation.
   *
   * @param letters what the installation's queue of chunks gave up
   * @param longestLife how long another one of its kind may run; zero where there is no other
   */
  public FinalizerHandler(Installation installation, DeadLetters letters, Duration longestLife) {
    this(installation, letters, new Finish(installation, longestLife));
  }

  /** The function of this installation, with windows of another size. */
  public FinalizerHandler(Installation installation, DeadLetters letters, Finish finish) {
    this.installation = installation;
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
    List<String> closed = new ArrayList<>();
    LambdaLogger logger = context.getLogger();
    Failures failures = new Failures();
    failures.collect(() -> deadChunks.giveUp(budget, dead -> logger.log(about(dead))));
    failures.collect(
        () -> {
          List<WaitingList> waiting =
              finish.finish(
                  budget,
                  report -> {
                    closed.add(report.job());
                    logger.log(about(report));
                  });
          waiting.forEach(list -> logger.log(about(list)));
        });
    failures.rethrow();
    return Map.of("closed", closed);
  }

  private static String about(DeadChunk dead) {
    boolean isHarmless =
        switch (dead.end()) {
          case GIVEN_UP, FOREIGN -> false;
          case HAD_OUTCOME, EXPIRED, TAKEN -> true;
        };
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
    return line.toString();
  }

  private static String about(Report report) {
    return LogLine.info("closed")
        .with("job", report.job())
        .with("sync", report.sync())
        .with("status", report.status().name())
        .with("read", report.rows().read())
        .with("accepted", report.rows().accepted())
        .toString();
  }

  private String about(WaitingList list) {
    Duration wait = Duration.between(installation.clock().instant(), list.until());
    return LogLine.info("later")
        .with("job", list.run().job())
        .with("sync", list.run().sync())
        .with("reason", list.reason())
        .with("seconds", Math.max(0, wait.toSeconds()))
        .toString();
  }
}
