package io.tapline.finalizer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.tapline.aws.TimeBudget;
import io.tapline.job.Finish;
import io.tapline.job.Installation;
import io.tapline.job.LogLine;
import io.tapline.job.WaitingList;
import io.tapline.report.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Moves every open job on: releases what may be released, makes segments of custom lists, closes
 * what is done and writes its report. A schedule starts it; what its event says does not matter.
 *
 * <p>Answers with {@code {"closed": [job, …]}}.
 */
public final class FinalizerHandler
    implements RequestHandler<Map<String, Object>, Map<String, List<String>>> {

  /** The function's own time limit, and a minute for clocks that differ. */
  private static final Duration LONGEST_LIFE = Duration.ofMinutes(16);

  private final Installation installation;
  private final Finish finish;

  /**
   * The function as Lambda makes it.
   *
   * @throws IllegalStateException when its environment does not name an installation
   */
  public FinalizerHandler() {
    this(Installation.of(System.getenv()));
  }

  /** The function of this installation; others of its kind may run at the same time. */
  public FinalizerHandler(Installation installation) {
    this(installation, LONGEST_LIFE);
  }

  /**
   * The function of this installation.
   *
   * @param longestLife how long another one of its kind may run; zero where there is no other
   */
  public FinalizerHandler(Installation installation, Duration longestLife) {
    this(installation, new Finish(installation, longestLife));
  }

  /** The function of this installation, with windows of another size. */
  public FinalizerHandler(Installation installation, Finish finish) {
    this.installation = installation;
    this.finish = finish;
  }

  /** Goes over the open jobs until the time is over; the next invocation takes up the rest. */
  @Override
  public Map<String, List<String>> handleRequest(Map<String, Object> event, Context context) {
    TimeBudget budget =
        TimeBudget.of(installation.clock(), Duration.ofMillis(context.getRemainingTimeInMillis()));
    List<String> closed = new ArrayList<>();
    List<WaitingList> waiting =
        finish.finish(
            budget,
            report -> {
              closed.add(report.job());
              context.getLogger().log(about(report));
            });
    waiting.forEach(list -> context.getLogger().log(about(list)));
    return Map.of("closed", closed);
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
