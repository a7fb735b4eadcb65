package io.tapline.local;

import io.tapline.local.progress.Progress;
import io.tapline.local.standin.StandIn;
import io.tapline.report.Report.Status;
import io.tapline.sync.ConnectionSource;
import io.tapline.sync.SettingsException;
import io.tapline.sync.Sync;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Pushes a file of this machine as if it had been exported. */
@Command(
    name = "push",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Pushes an export on this machine, with the functions that run on AWS.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all rows were delivered",
      "1:something failed that should not; run the same command again,"
          + " with TAPLINE_DEBUG=1 for the details",
      "2:wrong usage or settings; nothing was done",
      "3:all rows are decided, some were rejected or refused",
      "4:the run was stopped",
      "5:rows are left open",
      "130, 143:ended by Ctrl-C or SIGTERM; the same command goes on"
    },
    footer = {
      "",
      "Examples:",
      "  tapline push samples/profiles.csv.gz --sync samples/profiles.json --out target/run",
      "  tapline push samples/profiles.csv.gz --sync samples/profiles.json --limit 100"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls
final class PushCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "The export: .csv, .tsv or .jsonl, plain or .gz.")
  private Path file;

  @Option(
      names = "--sync",
      required = true,
      paramLabel = "SYNC",
      description = "The settings of the sync, a JSON file.")
  private Path syncFile;

  @Option(
      names = "--again",
      description = "Push a file that was pushed before once more, as a job of its own.")
  private boolean again;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "Push only the first N rows, as an export of its own: a rehearsal, after which the whole"
              + " file is pushed as if it was new.")
  private @Nullable Long limit;

  @Mixin private MachineOptions options;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    try (Progress progress = Progress.of(spec.commandLine().getOut());
        Interruption interruption = Interruption.watch(progress::say)) {
      return interruption.run(() -> exitCode(push(progress, interruption)));
    } catch (UsageException | SettingsException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
  }

  static int exitCode(Status status) {
    return switch (status) {
      case COMPLETED -> 0;
      case COMPLETED_WITH_REJECTIONS -> 3;
      case STOPPED -> 4;
      case FAILED -> 5;
    };
  }

  private Status push(Progress progress, Interruption interruption) throws IOException {
    if (limit != null && limit < 1) {
      throw new UsageException("--limit is %d; it must be 1 or more".formatted(limit));
    }
    ExportFile whole = new ExportFile(file);
    SyncFile settings = SyncFile.read(syncFile);
    Sync sync = settings.sync();
    ExportFile export = whole.firstRows(limit, sync.format());
    makeOutFolder();
    if (!options.usesStandIn(sync)) {
      ConnectionSource connections = MachineOptions.connections();
      connections.get(sync.connection()); // a connection that does not load ends it here
      return push(export, settings, connections, progress, interruption);
    }
    try (StandIn standIn = options.startStandIn(sync)) {
      return push(export, settings, new StandInConnections(standIn), progress, interruption);
    }
  }

  private Status push(
      ExportFile export,
      SyncFile settings,
      ConnectionSource connections,
      Progress progress,
      Interruption interruption)
      throws IOException {
    CommandLine command = spec.commandLine();
    Path work = options.workFolder(connections instanceof StandInConnections);
    try (OneMachine machine =
        OneMachine.start(
            work, System.getenv(), connections, MachineOptions.log(command.getErr()))) {
      PushRun run = new PushRun(machine, progress, interruption::isAsked);
      interruption.standing(run::standing, () -> GivenCommand.of(spec));
      return run.push(export, settings.sync(), settings.json(), again, options.out());
    }
  }

  private void makeOutFolder() {
    options.makeOutFolder();
    Path out = options.out();
    if (out == null) {
      return;
    }
    Path copied = out.resolve(file.getFileName()).toAbsolutePath().normalize();
    if (copied.equals(file.toAbsolutePath().normalize())
        && ReportFiles.ALL.contains(file.getFileName().toString())) {
      throw new UsageException(
          "--out: the reports would overwrite %s, which is pushed; choose another folder"
              .formatted(file));
    }
  }
}
