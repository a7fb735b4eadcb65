package io.tapline.splitter;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapline.aws.AwsClients;
import io.tapline.job.Arrival;
import io.tapline.job.Failures;
import io.tapline.job.Installation;
import io.tapline.job.LogLine;
import io.tapline.job.Opened;
import io.tapline.job.Opening;
import io.tapline.job.Release;
import io.tapline.job.Staging;
import io.tapline.job.Sweep;
import io.tapline.ledger.Job;
import io.tapline.ledger.Mark;
import io.tapline.ledger.RunLedger;
import io.tapline.ledger.Stop;
import io.tapline.splitter.Split.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Takes the news of exports: opens the job of each, stages it and queues its chunks. When the time
 * runs out before an export is staged, another invocation is started that goes on. Any event may
 * come again, and any invocation may die: the next one goes on from where the ledger says, and the
 * sweep, an event of its own, starts one where none comes.
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
  private final SweepStep sweep;
  private final Handover handover;

  /**
   * The function as Lambda makes it.
   *
   * @throws IllegalStateException when its environment does not name an installation
   */
  public SplitterHandler() {
    this(
        Installation.name(System.getenv()),
        Installation.of(System.getenv()),
        Installation.exportBucket(System.getenv()),
        new LambdaHandover(AwsClients.fromEnvironment()::lambda));
  }

  /**
   * The function of this installation.
   *
   * @param name the installation's, for its metrics
   * @param exportBucket where the sweep looks for exports
   * @param handover starts this function again
   */
  public SplitterHandler(
      String name, Installation installation, String exportBucket, Handover handover) {
    this(
        name,
        installation,
        exportBucket,
        handover,
        new Staging(installation),
        new Release(installation));
  }

  /** The function of this installation, with marks and windows of another size. */
  public SplitterHandler(
      String name,
      Installation installation,
      String exportBucket,
      Handover handover,
      Staging staging,
      Release release) {
    this.installation = installation;
    this.handover = handover;
    this.sweep = new SweepStep(new Sweep(installation, exportBucket), name, installation.clock());
    this.opening = new Opening(installation);
    this.staging = staging;
    this.release = release;
  }

  /**
   * Takes each export of an event, goes on with the open job that it names, or sweeps; the failure
   * of one does not keep the others from being taken.
   *
   * @throws IllegalArgumentException when the event does not come from S3 or Tapline
   * @throws RuntimeException the first failure, with the others as suppressed ones, so that Lambda
   *     invokes the function again
   */
  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    Invocation invocation = Invocation.begin(installation, context, handover);
    byte[] json = event.readAllBytes();
    Optional<OwnEvent> own = OwnEvent.of(json);
    JSON.writeValue(
        answer,
        own.isPresent() ? take(own.get(), invocation) : take(Arrivals.of(json), invocation));
  }

  private List<Split> take(OwnEvent own, Invocation invocation) {
    return switch (own) {
      case OwnEvent.GoOn on -> List.of(push(open(on), invocation));
      case OwnEvent.DoSweep sweeping -> sweep.run(invocation);
    };
  }

  private Job open(OwnEvent.GoOn named) {
    return installation
        .ledger()
        .job(named.sync(), named.job())
        .job()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no job %s of sync %s".formatted(named.job(), named.sync())));
  }

  private List<Split> take(List<Arrival> arrivals, Invocation invocation) {
    List<Split> splits = new ArrayList<>();
    Failures failures = new Failures();
    for (Arrival arrival : arrivals) {
      failures.collect(() -> splits.add(takeOrTell(arrival, invocation)));
    }
    failures.rethrow();
    return splits;
  }

  private Split takeOrTell(Arrival arrival, Invocation invocation) {
    try {
      return take(arrival, invocation);
    } catch (RuntimeException e) {
      invocation.log(failed(arrival, e));
      throw e;
    }
  }

  private Split take(Arrival arrival, Invocation invocation) {
    return switch (opening.open(arrival)) {
      case Opened.Ignored ignored -> {
        invocation.log(
            LogLine.warn("ignored")
                .with("key", arrival.key())
                .with("code", ignored.code())
                .with("message", ignored.message()));
        yield new Split(arrival.key(), null, Status.IGNORED, ignored.code());
      }
      case Opened.Over over -> {
        invocation.log(LogLine.info("over").with("key", arrival.key()).with("job", over.job()));
        yield new Split(arrival.key(), over.job(), Status.OVER, null);
      }
      case Opened.Open open -> push(open.job(), invocation);
    };
  }

  private Split push(Job job, Invocation invocation) {
    Optional<Mark> end = staging.stage(job, invocation.budget());
    if (end.isEmpty()) {
      invocation.handOver(job);
      invocation.log(about(LogLine.info("handed over"), job));
      return new Split(job.export().key(), job.id(), Status.HANDED_OVER, null);
    }
    Mark staged = end.get();
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
    invocation.log(
        about(line, job).with("rows", staged.rows()).with("chunks", staged.totalChunks()));
    return new Split(job.export().key(), job.id(), status, stop.map(Stop::code).orElse(null));
  }

  private static LogLine about(LogLine line, Job job) {
    return line.with("key", job.export().key()).with("job", job.id()).with("sync", job.sync());
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
