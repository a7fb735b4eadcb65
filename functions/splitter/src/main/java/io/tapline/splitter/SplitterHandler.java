package io.tapline.splitter;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapline.aws.TimeBudget;
import io.tapline.job.Arrival;
import io.tapline.job.Installation;
import io.tapline.job.LogLine;
import io.tapline.job.Opened;
import io.tapline.job.Opening;
import io.tapline.job.Release;
import io.tapline.job.Staging;
import io.tapline.ledger.Job;
import io.tapline.ledger.Mark;
import io.tapline.ledger.RunLedger;
import io.tapline.ledger.Stop;
import io.tapline.splitter.Split.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes the news of exports: opens the job of each, stages it and queues its chunks. Any event may
 * come again, and any invocation may die: the next one goes on from where the ledger says.
 *
 * <p>Answers with a JSON array of one object for each export: {@code key}, {@code job}, {@code
 * status}, {@code code}.
 */
public final class SplitterHandler implements RequestStreamHandler {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final int FIRST_RUN = 1;

  private final Installation installation;
  private final Opening opening;
  private final Staging staging;
  private final Release release;

  /**
   * The function as Lambda makes it.
   *
   * @throws IllegalStateException when its environment does not name an installation
   */
  public SplitterHandler() {
    this(Installation.of(System.getenv()));
  }

  /** The function of this installation. */
  public SplitterHandler(Installation installation) {
    this(installation, new Staging(installation), new Release(installation));
  }

  /** The function of this installation, with marks and windows of another size. */
  public SplitterHandler(Installation installation, Staging staging, Release release) {
    this.installation = installation;
    this.opening = new Opening(installation);
    this.staging = staging;
    this.release = release;
  }

  /**
   * Takes each export of an event, or goes on with the open job that it names; the failure of one
   * does not keep the others from being taken.
   *
   * @throws IllegalArgumentException when the event does not come from S3
   * @throws RuntimeException the first failure, with the others as suppressed ones, so that Lambda
   *     invokes the function again
   */
  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    TimeBudget budget =
        TimeBudget.of(installation.clock(), Duration.ofMillis(context.getRemainingTimeInMillis()));
    byte[] json = event.readAllBytes();
    Optional<Job> open = OpenJob.of(json, installation.ledger());
    if (open.isPresent()) {
      JSON.writeValue(answer, List.of(push(open.get(), budget, context.getLogger())));
      return;
    }
    List<Split> splits = new ArrayList<>();
    @Nullable RuntimeException failure = null;
    for (Arrival arrival : Arrivals.of(json)) {
      try {
        splits.add(take(arrival, budget, context.getLogger()));
      } catch (RuntimeException e) {
        context.getLogger().log(failed(arrival, e).toString());
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
    JSON.writeValue(answer, splits);
  }

  private Split take(Arrival arrival, TimeBudget budget, LambdaLogger logger) {
    return switch (opening.open(arrival)) {
      case Opened.Ignored ignored -> {
        logger.log(
            LogLine.warn("ignored")
                .with("key", arrival.key())
                .with("code", ignored.code())
                .with("message", ignored.message())
                .toString());
        yield new Split(arrival.key(), null, Status.IGNORED, ignored.code());
      }
      case Opened.Over over -> {
        logger.log(
            LogLine.info("over").with("key", arrival.key()).with("job", over.job()).toString());
        yield new Split(arrival.key(), over.job(), Status.OVER, null);
      }
      case Opened.Open open -> push(open.job(), budget, logger);
    };
  }

  private Split push(Job job, TimeBudget budget, LambdaLogger logger) {
    Mark staged = staging.stage(job, budget).orElseThrow(() -> new OutOfTimeException(job.id()));
    if (!job.toSync().kind().isLimitedByAccount()) {
      // Those need the account's id: the finalizer may read connections, a splitter has no need to.
      release.release(job, staged, FIRST_RUN, 0);
    }
    RunLedger run = installation.ledger().job(job.sync(), job.id()).run(FIRST_RUN);
    Optional<Stop> stop = run.stop();
    Status status = status(run, stop);
    LogLine line =
        stop.isPresent()
            // Not its message, which may quote the header: without a header line that is a row.
            ? LogLine.warn("stopped").with("code", stop.get().code())
            : LogLine.info(status.name().toLowerCase(Locale.ROOT));
    logger.log(
        line.with("key", job.export().key())
            .with("job", job.id())
            .with("sync", job.sync())
            .with("rows", staged.rows())
            .with("chunks", staged.totalChunks())
            .toString());
    return new Split(job.export().key(), job.id(), status, stop.map(Stop::code).orElse(null));
  }

  private static Status status(RunLedger run, Optional<Stop> stop) {
    if (stop.isPresent()) {
      return Status.STOPPED;
    }
    return run.latestReleased().isPresent() ? Status.RELEASED : Status.WAITING;
  }

  private static LogLine failed(Arrival arrival, RuntimeException e) {
    return LogLine.error("failed")
        .with("key", arrival.key())
        .with("error", e.getClass().getSimpleName())
        .with("message", e.getMessage());
  }
}
