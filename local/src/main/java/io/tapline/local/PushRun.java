package io.tapline.local;

import io.tapline.job.Installation;
import io.tapline.job.Redrives;
import io.tapline.job.Redrives.Answer;
import io.tapline.ledger.Job;
import io.tapline.ledger.JobId;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.Mark;
import io.tapline.ledger.OpenRun;
import io.tapline.local.progress.Progress;
import io.tapline.report.Report;
import io.tapline.report.Report.Status;
import io.tapline.report.ReportText;
import io.tapline.sync.Sync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One push on one machine: what TD and AWS do between an export and its report. */
final class PushRun {

  private static final int FIRST_RUN = 1;

  private final OneMachine machine;
  private final Installation installation;
  private final Ledger ledger;
  private final OpenJobs openJobs;
  private final PushOpening opening;
  private final Progress progress;
  private final BooleanSupplier ended;
  private volatile @Nullable String job;
  private volatile Supplier<String> standing = () -> "nothing was pushed";

  /**
   * A push on this machine.
   *
   * @param ended says when the command was asked to end; then each method throws {@link
   *     EndedException}, or something that came of it
   */
  PushRun(OneMachine machine, Progress progress, BooleanSupplier ended) {
    this.machine = machine;
    this.installation = machine.installation();
    this.ledger = installation.ledger();
    this.openJobs = new OpenJobs(machine);
    this.opening = new PushOpening(installation);
    this.progress = progress;
    this.ended = ended;
    machine.figures().breakOffStaging(ended);
  }

  /** The job that is at work, in a push or a redrive; empty while none is open. Thread-safe. */
  Optional<String> job() {
    return Optional.ofNullable(job);
  }

  /** Where it stands at this moment, for one who is told that it was broken off. Thread-safe. */
  String standing() {
    return standing.get();
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
    file.first()
        .ifPresent(
            first ->
                progress.say(
                    String.format(
                        Locale.ROOT, "only the first %,d rows are pushed", first.rows())));
    String key = file.put(installation.store(), machine.exportBucket(), sync.prefix());
    return push(opening.open(machine.exportBucket(), key, again), out);
  }

  /** Pushes what a job left open, or goes on with a run for it that was broken off. */
  Status redrive(Job job, boolean stale, boolean unknown, @Nullable Path out) throws IOException {
    JobLedger jobLedger = ledger.job(job.sync(), job.id());
    int run = jobLedger.latestRun();
    boolean isOpen = jobLedger.run(run).closed().isEmpty();
    if (isOpen && run == FIRST_RUN) {
      return push(job, out);
    }
    if (isOpen) {
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
    this.job = job.id();
    goOnWithOlderJobs(job);
    openJobs.refill(new OpenRun(job.sync(), job.id(), run));
    work(job, run);
    return report(job, jobLedger, out);
  }

  /** Pushes an export whose job was stopped once more, with the settings that its sync has now. */
  Status restage(Job job, @Nullable Path out) throws IOException {
    return switch (redrives().restage(job)) {
      case Answer.Restaged restaged -> push(opening.open(restaged.restage()), out);
      case Answer.Refused refused -> throw new UsageException(refused.message());
      case Answer.Asked asked -> throw new IllegalStateException("nobody asked");
    };
  }

  private Redrives redrives() {
    return new Redrives(ledger, installation.clock());
  }

  private Status push(Job job, @Nullable Path out) throws IOException {
    this.job = job.id();
    goOnWithOlderJobs(job);
    progress.say(
        String.format(Locale.ROOT, "job %s: staging %,d bytes", job.id(), job.export().size()));
    stage(job);

    JobLedger jobLedger = ledger.job(job.sync(), job.id());
    Mark staged = jobLedger.lastMark().orElseThrow();
    progress.say(
        String.format(
            Locale.ROOT, "staged: %,d rows in %,d chunks", staged.rows(), staged.totalChunks()));
    work(job, FIRST_RUN);
    return report(job, jobLedger, out);
  }

  private void stage(Job job) {
    standing = () -> "job %s is not staged yet, and nothing was sent".formatted(job.id());
    openJobs.watchStaging(job);
    progress.show(new StagingStage(machine.figures(), job.export().size(), installation.clock()));
    openJobs.goOn(new OpenRun(job.sync(), job.id(), FIRST_RUN));
    progress.hide();
  }

  private void work(Job job, int run) {
    PushWork work = new PushWork(machine, progress, ended, job, run);
    standing = work::standing;
    work.untilClosed();
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

  private Status report(Job job, JobLedger jobLedger, @Nullable Path out) throws IOException {
    if (out != null) {
      Files.createDirectories(out);
      ReportFiles.copy(jobLedger, out);
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
