package io.tapline.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapline.aws.ObjectStore;
import io.tapline.aws.Page;
import io.tapline.job.Installation;
import io.tapline.ledger.Claim;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.Mark;
import io.tapline.ledger.OpenRun;
import io.tapline.report.Report;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the functions of an installation on this machine until it is closed: the splitter at each
 * export that arrives, workers at the queue, the finalizer every second. Tells of each stage of a
 * job in a line.
 */
final class Rehearsal implements AutoCloseable {

  /** How often the finalizer is called; on AWS it is once a minute. */
  private static final Duration FINALIZER_SCHEDULE = Duration.ofSeconds(1);

  /** For what is under way at the end; whatever is left the next start goes on with. */
  private static final Duration LONGEST_END = Duration.ofSeconds(5);

  private final OneMachine machine;
  private final Installation installation;
  private final Ledger ledger;
  private final BlockingQueue<byte[]> arrivals;
  private final Consumer<String> told;
  private final Thread thread;
  private volatile boolean closed;
  private String lastWaiting = "";
  private @Nullable String lastFailure;

  /**
   * Rehearses with this installation, once started.
   *
   * @param arrivals events for the splitter
   * @param told takes a line for each stage of a job
   */
  Rehearsal(OneMachine machine, BlockingQueue<byte[]> arrivals, Consumer<String> told) {
    this.machine = machine;
    this.installation = machine.installation();
    this.ledger = installation.ledger();
    this.arrivals = arrivals;
    this.told = told;
    this.thread = Thread.ofPlatform().name("rehearsal").daemon().unstarted(this::run);
  }

  /** Starts the functions, once. What an earlier process left open goes on first. */
  void start() {
    goOn();
    machine.startWorkers();
    thread.start();
  }

  /** Goes on with open jobs, and takes exports whose event was lost with an earlier process. */
  private void goOn() {
    HalfOpened halfOpened = new HalfOpened(installation);
    ledger.syncFiles().keySet().forEach(halfOpened::settle);
    OpenJobs openJobs = new OpenJobs(machine);
    for (OpenRun run : ledger.openRuns()) {
      told.accept("job %s (sync %s): going on".formatted(run.job(), run.sync()));
      openJobs.goOn(run);
    }
    ObjectStore store = installation.store();
    String after = null;
    do {
      Page<String> keys = store.list(machine.exportBucket(), "", after);
      keys.items()
          .forEach(
              key -> arrivals.add(SplitterEvents.objectCreated(machine.exportBucket(), key, "")));
      after = keys.next();
    } while (after != null);
  }

  private void run() {
    while (!closed) {
      try {
        byte[] event = arrivals.poll(FINALIZER_SCHEDULE.toMillis(), TimeUnit.MILLISECONDS);
        if (event != null) {
          machine.split(event).forEach(this::tellOfSplit);
        }
        machine.finish().forEach(this::tellOfEnd);
        lastFailure = null;
        tellOfWaiting();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        tellOfFailure(e);
      }
    }
  }

  private void tellOfSplit(JsonNode split) {
    String key = split.path("key").asText();
    String code = split.path("code").asText();
    String job = split.path("job").asText();
    switch (split.path("status").asText()) {
      case "OVER" -> {} // a second event, or an export of an earlier time
      case "IGNORED" -> told.accept("%s: ignored, %s".formatted(key, code));
      case "STOPPED" -> told.accept("%s: job %s is stopped, %s".formatted(key, job, code));
      default -> told.accept("%s: job %s, %s".formatted(key, job, staged(job)));
    }
  }

  private String staged(String job) {
    return ledger
        .claim(job)
        .flatMap(claim -> ledger.job(claim.sync(), job).lastMark())
        .filter(Mark::last)
        .map(
            mark ->
                String.format(
                    Locale.ROOT, "%,d rows in %,d chunks", mark.rows(), mark.totalChunks()))
        .orElse("being staged");
  }

  private void tellOfEnd(String job) {
    Claim claim = ledger.claim(job).orElseThrow();
    JobLedger jobLedger = ledger.job(claim.sync(), job);
    Report report = Report.parse(jobLedger.report("report.json").orElseThrow());
    told.accept(
        String.format(
            Locale.ROOT,
            "job %s (sync %s): %s, %,d of %,d rows accepted",
            job,
            claim.sync(),
            report.status(),
            report.rows().accepted(),
            report.rows().read()));
    jobLedger
        .job()
        .flatMap(machine::reportsOf)
        .ifPresent(folder -> told.accept("  report in " + folder.resolve("report.html")));
  }

  private void tellOfWaiting() {
    String waiting = machine.waiting().orElse("");
    if (!waiting.equals(lastWaiting) && !waiting.isEmpty()) {
      told.accept("waiting: " + waiting);
    }
    lastWaiting = waiting;
  }

  /** Once, though the finalizer meets it each second. */
  private void tellOfFailure(RuntimeException e) {
    String failure = e.getClass().getSimpleName() + ": " + e.getMessage();
    if (!failure.equals(lastFailure)) {
      told.accept("failed: " + failure);
      lastFailure = failure;
    }
  }

  /** Takes no further event; a splitter or finalizer that is at it is waited for, for seconds. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join(LONGEST_END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
