package io.tapline.local;

import io.tapline.aws.Clock;
import io.tapline.job.Arrival;
import io.tapline.job.Installation;
import io.tapline.job.Opened;
import io.tapline.job.Opening;
import io.tapline.job.Redrives;
import io.tapline.job.Redrives.Answer;
import io.tapline.ledger.Job;
import io.tapline.ledger.JobId;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.Mark;
import io.tapline.ledger.OpenRun;
import io.tapline.ledger.Restage;
import io.tapline.ledger.RunLedger;
import io.tapline.report.Report;
import io.tapline.report.Report.Status;
import io.tapline.report.ReportText;
import io.tapline.sync.Sync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One push on one machine: what TD and AWS do between an export and its report. */
final class PushRun {

  private static final int FIRST_RUN = 1;
  private static final Duration POLL = Duration.ofMillis(100);

  /** How often the finalizer is called while the workers have work; on AWS it is once a minute. */
  private static final Duration FINALIZER_SCHEDULE = Duration.ofSeconds(5);

  /** A queue that is empty this often, although chunks are open, has lost their messages. */
  private static final int IDLE_ROUNDS = 20;

  /** What is copied to {@code --out}. */
  static final List<String> REPORTS =
      List.of("report.html", "report.json", "rejects.csv", "rejects.jsonl");

  private final OneMachine machine;
  private final Installation installation;
  private final Ledger ledger;
  private final OpenJobs openJobs;
  private final Progress progress;

  PushRun(OneMachine machine, Progress progress) {
    this.machine = machine;
    this.installation = machine.installation();
    this.ledger = installation.ledger();
    this.openJobs = new OpenJobs(machine);
    this.progress = progress;
  }

  /**
   * Pushes a file, or goes on with a push of it that was broken off.
   *
   * @param again whether a file that was pushed before is pushed once more
   * @param out where the reports are copied to; null: nowhere
   */
  Status push(ExportFile file, Sync sync, byte[] settings, boolean again, @Nullable Path out)
      throws IOException {
    installSync(sync, settings);
    String key = file.put(installation.store(), machine.exportBucket(), sync.prefix());
    return push(open(key, again), out);
  }

  /** Pushes what a job left open, or goes on with a run for it that was broken off. */
  Status redrive(Job job, boolean stale, boolean unknown, @Nullable Path out) throws IOException {
    JobLedger jobLedger = ledger.job(job.sync(), job.id());
    int run = jobLedger.latestRun();
    if (run > 1 && jobLedger.run(run).closed().isEmpty()) {
      progress.say("job %s: going on with run %d".formatted(job.id(), run));
      ledger.putOpen(new OpenRun(job.sync(), job.id(), run));
    } else {
      run =
          switch (redrives().ask(job, stale, unknown)) {
            case Answer.Asked asked -> asked.run();
            case Answer.Refused refused -> throw new UsageException(refused.message());
            case Answer.Restaged restaged -> throw new IllegalStateException("nobody asked");
          };
      progress.say("job %s: run %d for the rows that are open".formatted(job.id(), run));
    }
    goOnWithOlderJobs(job);
    openJobs.refill(new OpenRun(job.sync(), job.id(), run));
    work(jobLedger.run(run), jobLedger.lastMark().orElseThrow());
    return report(job, jobLedger, out);
  }

  /** Pushes an export whose job was stopped once more, with the settings that its sync has now. */
  Status restage(Job job, @Nullable Path out) throws IOException {
    return switch (redrives().restage(job)) {
      case Answer.Restaged restaged -> push(open(restaged.restage()), out);
      case Answer.Refused refused -> throw new UsageException(refused.message());
      case Answer.Asked asked -> throw new IllegalStateException("nobody asked");
    };
  }

  private Job open(Restage restage) {
    Opened opened = new Opening(installation).open(restage);
    ledger.deleteRestage(restage.job());
    return switch (opened) {
      case Opened.Open open -> open.job();
      case Opened.Ignored ignored -> throw new UsageException(ignored.message());
      case Opened.Over over -> throw new UsageException("job " + over.job() + " is over");
    };
  }

  private Redrives redrives() {
    return new Redrives(ledger, installation.clock());
  }

  private Status push(Job job, @Nullable Path out) throws IOException {
    goOnWithOlderJobs(job);
    progress.say(
        String.format(Locale.ROOT, "job %s: staging %,d bytes", job.id(), job.export().size()));
    openJobs.goOn(new OpenRun(job.sync(), job.id(), FIRST_RUN));

    JobLedger jobLedger = ledger.job(job.sync(), job.id());
    Mark staged = jobLedger.lastMark().orElseThrow();
    progress.say(
        String.format(
            Locale.ROOT, "staged: %,d rows in %,d chunks", staged.rows(), staged.totalChunks()));
    work(jobLedger.run(FIRST_RUN), staged);
    return report(job, jobLedger, out);
  }

  private void goOnWithOlderJobs(Job job) {
    if (machine.isAlone()) {
      new HalfOpened(installation).settle(job.sync());
    }
    for (OpenRun run : ledger.openRuns(job)) {
      if (JobId.ORDER.compare(run.job(), job.id()) < 0) {
        progress.say("job " + run.job() + " is older and not over: it goes first");
        openJobs.goOn(run);
      }
    }
  }

  /** An embedded installation has this one sync; where an S3 was given, others are left alone. */
  void installSync(Sync sync, byte[] settings) {
    if (machine.hasForgetfulQueue()) {
      ledger.syncFiles().keySet().stream()
          .filter(name -> !name.equals(sync.name()))
          .forEach(ledger::deleteSyncFile);
    }
    ledger.putSyncFile(sync.name(), settings);
  }

  private Job open(String key, boolean again) {
    Opening opening = new Opening(installation);
    Arrival arrival = new Arrival(machine.exportBucket(), key, null, null);
    for (int repeat = 1; ; repeat++) {
      switch (opening.open(arrival, repeat)) {
        case Opened.Open open -> {
          return open.job();
        }
        case Opened.Ignored ignored ->
            throw new UsageException(ignored.message() + "; nothing was pushed");
        case Opened.Over over -> {
          if (!again) {
            throw new UsageException(
                "this file was pushed before, as job %s%s; to push it once more, add --again"
                    .formatted(over.job(), endOf(over.job())));
          }
        }
      }
    }
  }

  /** How a job ended, where its report is still there: it expires sooner than its claim. */
  private String endOf(String job) {
    return ledger
        .claim(job)
        .flatMap(claim -> ledger.job(claim.sync(), job).report("report.json"))
        .map(Report::parse)
        .map(
            report ->
                ", which ended as "
                    + report.status()
                    + (report.calls().total() == 0 ? " before anything was sent" : ""))
        .orElse("");
  }

  /** Lets the workers and the finalizer at the installation until the run is closed. */
  private void work(RunLedger run, Mark staged) {
    Clock clock = installation.clock();
    int before = run.outcomes().size();
    machine.startWorkers();
    Instant nextFinalizer = clock.instant().plus(FINALIZER_SCHEDULE);
    int idleRounds = 0;
    RuntimeException failure = null;
    String told = "";
    while (true) {
      boolean idle = machine.isIdle();
      boolean ready = idle && machine.waiting().isEmpty();
      if (ready || clock.instant().isAfter(nextFinalizer)) {
        failure = finish();
        nextFinalizer = clock.instant().plus(FINALIZER_SCHEDULE);
        if (run.closed().isPresent()) {
          if (run.stop().isEmpty()) {
            progress.rows(staged.rows(), staged.rows());
          }
          return;
        }
      }
      // A list whose chunks are all through may still wait for its segment.
      boolean stuck = idle && (failure != null || run.outcomes().size() < chunks(run, staged));
      idleRounds = stuck ? idleRounds + 1 : 0;
      if (idleRounds == IDLE_ROUNDS) {
        throw new IllegalStateException(
            "the queue is empty, but chunks are open; push the same file again to go on", failure);
      }
      String waiting = machine.waiting().orElse(told);
      if (!waiting.equals(told)) {
        told = waiting;
        progress.say("waiting: " + told);
      }
      progress.rows(rowsDone(before + machine.chunksDone(), staged), staged.rows());
      clock.sleep(POLL);
    }
  }

  /** How many chunks a run takes up. */
  private static int chunks(RunLedger run, Mark staged) {
    return run.selection().map(selection -> selection.chunks().size()).orElse(staged.totalChunks());
  }

  /** The failure of another job must not end this push; its own shows in that it does not end. */
  private @Nullable RuntimeException finish() {
    try {
      machine.finish();
      return null;
    } catch (RuntimeException e) {
      return e;
    }
  }

  private static long rowsDone(int chunks, Mark staged) {
    int total = staged.totalChunks();
    return total == 0 ? 0 : Math.min(staged.rows(), staged.rows() * chunks / total);
  }

  private Status report(Job job, JobLedger jobLedger, @Nullable Path out) throws IOException {
    if (out != null) {
      Files.createDirectories(out);
      for (String name : REPORTS) {
        Path copy = out.resolve(name);
        Optional<byte[]> content = jobLedger.report(name);
        if (content.isPresent()) {
          Files.write(copy, content.get());
        } else {
          Files.deleteIfExists(copy); // of an earlier push
        }
      }
    }
    Report report = Report.parse(jobLedger.report("report.json").orElseThrow());
    progress.say("");
    progress.say(ReportText.of(report));
    Path reports = out == null ? machine.reportsOf(job).orElse(null) : out;
    if (reports != null) {
      progress.say("report in " + reports.resolve("report.html"));
      if (report.rows().rejected() + report.rows().refused() > 0) {
        progress.say("rejected rows in " + rejects(reports));
      }
    }
    return report.status();
  }

  private static Path rejects(Path reports) {
    Path lines = reports.resolve("rejects.jsonl");
    return Files.exists(lines) ? lines : reports.resolve("rejects.csv");
  }
}
