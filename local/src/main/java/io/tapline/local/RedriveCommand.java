package io.tapline.local;

import io.tapline.aws.Clock;
import io.tapline.job.Redrives;
import io.tapline.job.Redrives.Answer;
import io.tapline.ledger.Claim;
import io.tapline.ledger.Job;
import io.tapline.ledger.Ledger;
import io.tapline.local.progress.Progress;
import io.tapline.local.standin.StandIn;
import io.tapline.report.Report.Status;
import io.tapline.sync.SettingsException;
import io.tapline.sync.Sync;
import io.tapline.sync.SyncLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;

/** Delivers what a job left open. */
@Command(
    name = "redrive",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Sends the rows that a job left open: failed, not sent or, with --unknown, unknown.",
      "Rows that are delivered, rejected or refused are not touched; the report adds up all runs."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all rows are delivered; or, with --work s3://BUCKET, the run is asked for",
      "1:something failed that should not; run the same command again,"
          + " with TAPLINE_DEBUG=1 for the details",
      "2:wrong usage, or there is nothing to send; nothing was done",
      "3:all rows are decided, some were rejected or refused",
      "4:the run was stopped",
      "5:rows are left open",
      "130, 143:ended by Ctrl-C or SIGTERM; the same command goes on"
    },
    footer = {
      "",
      "Example:",
      "  tapline redrive 20261124T101500Z-0123456789abcdef --work s3://my-tapline-work"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls
final class RedriveCommand implements Callable<Integer> {

  @Parameters(paramLabel = "JOB", description = "The id of the job, as its report gives it.")
  private String id;

  @Option(
      names = "--stale",
      description = "Send the rows though a newer export of the sync was pushed meanwhile.")
  private boolean stale;

  @Option(
      names = "--unknown",
      description = "Send events, too, whose call has an unknown outcome; they may count twice.")
  private boolean unknown;

  @Option(
      names = "--restage",
      description =
          "Push the export of a job that was stopped before anything was sent once more, with the"
              + " settings that its sync has now.")
  private boolean restage;

  @Option(
      names = "--sync",
      paramLabel = "SYNC",
      description = "With --restage on this machine: the settings of the sync, a JSON file.")
  private @Nullable Path syncFile;

  @Mixin private MachineOptions options;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    try {
      if (restage && (stale || unknown)) {
        throw new UsageException(
            "--restage makes a new job of the whole export; it goes without --stale and --unknown");
      }
      if (syncFile != null && !restage) {
        throw new UsageException("--sync goes with --restage; a redrive keeps the job's settings");
      }
      Optional<String> bucket = JobPlaces.bucket(options.work());
      return bucket.isPresent() ? askOnAws(bucket.get()) : redriveHere();
    } catch (UsageException | SettingsException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
  }

  private int askOnAws(String bucket) {
    if (syncFile != null) {
      throw new UsageException(
          "--sync is for this machine; put the file into s3://" + bucket + "/syncs/");
    }
    Ledger ledger = JobPlaces.onAws(bucket).ledger();
    try {
      Redrives redrives = new Redrives(ledger, Clock.system());
      Job job = job(ledger);
      String answer =
          switch (restage ? redrives.restage(job) : redrives.ask(job, stale, unknown)) {
            case Answer.Asked asked ->
                "run %d of job %s is asked for; the finalizer takes it up within a minute"
                    .formatted(asked.run(), id);
            case Answer.Restaged restaged ->
                "job %s is asked for; the next sweep opens it".formatted(restaged.restage().job());
            case Answer.Refused refused -> throw new UsageException(refused.message());
          };
      spec.commandLine().getOut().println(answer);
      return CommandLine.ExitCode.OK;
    } catch (SdkException e) {
      throw S3Trouble.ofBucket(bucket, "s3:ListBucket, s3:GetObject and s3:PutObject", e);
    }
  }

  private int redriveHere() throws Exception {
    try (Progress progress = Progress.of(spec.commandLine().getOut());
        Interruption interruption = Interruption.watch(progress::say)) {
      return interruption.run(() -> PushCommand.exitCode(redrive(progress, interruption)));
    }
  }

  private Status redrive(Progress progress, Interruption interruption) throws IOException {
    options.makeOutFolder();
    LateConnections connections = new LateConnections();
    CommandLine command = spec.commandLine();
    try (OneMachine machine =
        OneMachine.start(
            workFolder(), System.getenv(), connections, MachineOptions.log(command.getErr()))) {
      Job job = job(machine.installation().ledger());
      PushRun run = new PushRun(machine, progress, interruption::isAsked);
      interruption.standing(run::standing, () -> commandThatGoesOn(run));
      Sync sync = restage ? installSyncOfToday(machine, run, job) : job.toSync();
      if (!options.usesStandIn(sync)) {
        connections.are(MachineOptions.connections());
        connections.get(sync.connection()); // a connection that does not load ends it here
        return redrive(run, job);
      }
      try (StandIn standIn = options.startStandIn(sync)) {
        connections.are(new StandInConnections(standIn));
        return redrive(run, job);
      }
    }
  }

  private Status redrive(PushRun run, Job job) throws IOException {
    return restage
        ? run.restage(job, options.out())
        : run.redrive(job, stale, unknown, options.out());
  }

  /** A second job that was opened goes on by its own id: another restage would be refused. */
  private String commandThatGoesOn(PushRun run) {
    String given = GivenCommand.of(spec);
    return restage ? run.job().map(job -> GivenCommand.of(redriveOf(job))).orElse(given) : given;
  }

  private List<String> redriveOf(String job) {
    List<String> arguments = new ArrayList<>(List.of("redrive", job));
    arguments.addAll(options.again());
    return arguments;
  }

  /** Takes the sync that {@code --sync} or else the work folder has. */
  private Sync installSyncOfToday(OneMachine machine, PushRun run, Job job) {
    byte[] settings =
        syncFile == null
            ? machine.installation().ledger().syncFiles().get(job.sync())
            : SyncFile.bytes(syncFile);
    if (settings == null) {
      throw new UsageException(
          "the work folder has no sync %s now; add --sync".formatted(job.sync()));
    }
    String origin = syncFile == null ? "syncs/" + job.sync() + ".json" : syncFile.toString();
    Sync sync = SyncLoader.load(job.sync(), settings, origin);
    run.installSync(sync, settings);
    return sync;
  }

  private Job job(Ledger ledger) {
    Claim claim = ledger.claim(id).orElseThrow(this::unknown);
    return ledger
        .job(claim.sync(), id)
        .job()
        .orElseThrow(
            () -> new UsageException("job %s has expired; export its rows again".formatted(id)));
  }

  private UsageException unknown() {
    Path work = options.work();
    return new JobChoice(JobPlaces.of(work, System.getenv()), JobPlaces.option(work)).unknown(id);
  }

  /** The first folder that knows the job, else the one that says that it does not. */
  private Path workFolder() {
    if (Services.hasEndpoints(System.getenv())) {
      return options.workFolders().getFirst(); // nothing is embedded, so it is not used
    }
    return options.workFolders().stream()
        .filter(folder -> OneMachine.knows(folder, id))
        .findFirst()
        .orElseThrow(this::unknown);
  }
}
