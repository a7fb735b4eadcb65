package io.tapline.local;

import io.tapline.aws.Clock;
import io.tapline.local.standin.Faults;
import io.tapline.local.standin.StandIn;
import io.tapline.local.standin.StandInOptions;
import io.tapline.report.Report.Status;
import io.tapline.sync.ConnectionSource;
import io.tapline.sync.CustomListSettings;
import io.tapline.sync.SettingsException;
import io.tapline.sync.Sync;
import io.tapline.sync.SyncLoader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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
      "5:rows are left open"
    },
    footer = {
      "",
      "Example:",
      "  tapline push samples/profiles.csv.gz --sync samples/profiles.json --out target/run"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls
final class PushCommand implements Callable<Integer> {

  private static final String STAND_IN = "stand-in";

  @Parameters(paramLabel = "FILE", description = "The export: .csv, .tsv or .jsonl, plain or .gz.")
  private Path file;

  @Option(
      names = "--sync",
      required = true,
      paramLabel = "SYNC",
      description = "The settings of the sync, a JSON file.")
  private Path syncFile;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the report and the rejected rows are copied to.")
  private @Nullable Path out;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description =
          "Where the embedded S3 keeps its objects; they hold personal data."
              + " Default: a folder below ~/.tapline/work.")
  private @Nullable Path work;

  @Option(
      names = "--again",
      description = "Push a file that was pushed before once more, as a job of its own.")
  private boolean again;

  @Option(
      names = "--clevertap",
      paramLabel = STAND_IN,
      description =
          "Push to the built-in stand-in of CleverTap, whatever connection the sync names.")
  private @Nullable String cleverTap;

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = "Write each request that the stand-in accepted to a file, a line of JSON each.")
  private @Nullable Path record;

  @Option(
      names = "--faults",
      paramLabel = "SPEC",
      description =
          "Let the stand-in misbehave, for example latency=200ms,429=0.05,demerge:503=#1.")
  private @Nullable String faults;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    try {
      return exitCode(push());
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

  private Status push() throws IOException {
    ExportFile export = new ExportFile(file);
    byte[] settings = readSync();
    Sync sync = SyncLoader.load(syncName(), settings, syncFile.toString());
    if (cleverTap != null && !cleverTap.equals(STAND_IN)) {
      throw new UsageException(
          "--clevertap is %s; the only value is %s".formatted(cleverTap, STAND_IN));
    }
    makeOutFolder();
    boolean usesStandIn = cleverTap != null || sync.connection().equals(STAND_IN);
    if (!usesStandIn) {
      refuseStandInOptions();
      ConnectionSource connections = LocalConnections.of(System.getenv(), home(), Clock.system());
      connections.get(sync.connection()); // a connection that does not load ends it here
      return push(export, sync, settings, connections);
    }
    try (StandIn standIn = startStandIn(sync)) {
      return push(export, sync, settings, new StandInConnections(standIn));
    }
  }

  private Status push(ExportFile export, Sync sync, byte[] settings, ConnectionSource connections)
      throws IOException {
    // The launcher knows: it asked its shell.
    boolean isTerminal = Boolean.getBoolean("tapline.terminal");
    try (Progress progress = new Progress(spec.commandLine().getOut(), isTerminal);
        OneMachine machine =
            OneMachine.start(workFolder(connections), System.getenv(), connections, log())) {
      return new PushRun(machine, progress).push(export, sync, settings, again, out);
    }
  }

  /** What the functions log: nothing that a user wants to read, unless something is wrong. */
  private Consumer<String> log() {
    if (!System.getenv().containsKey(UnexpectedFailure.DEBUG)) {
      return line -> {};
    }
    PrintWriter err = spec.commandLine().getErr();
    return line -> err.println(line.stripTrailing());
  }

  private byte[] readSync() {
    try {
      return Files.readAllBytes(syncFile);
    } catch (IOException e) {
      throw new UsageException("there is no sync file " + syncFile + " that can be read");
    }
  }

  /** Before anything is pushed: afterwards it would be too late to say that there is no place. */
  private void makeOutFolder() {
    if (out == null) {
      return;
    }
    try {
      Files.createDirectories(out);
    } catch (IOException e) {
      throw new UsageException("--out: there is no folder " + out + ", and none can be made");
    }
    Path copied = out.resolve(file.getFileName()).toAbsolutePath().normalize();
    if (copied.equals(file.toAbsolutePath().normalize())
        && PushRun.REPORTS.contains(file.getFileName().toString())) {
      throw new UsageException(
          "--out: the reports would overwrite %s, which is pushed; choose another folder"
              .formatted(file));
    }
  }

  private String syncName() {
    return syncFile.getFileName().toString().replaceFirst("\\.json$", "");
  }

  private void refuseStandInOptions() {
    if (record != null || faults != null) {
      throw new UsageException(
          "--record and --faults are the stand-in's; add --clevertap stand-in to use it");
    }
  }

  private StandIn startStandIn(Sync sync) {
    StandInOptions options = standInOptions(sync);
    try {
      return StandIn.start(options);
    } catch (UncheckedIOException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private StandInOptions standInOptions(Sync sync) {
    StandInOptions.Builder options =
        StandInOptions.builder().maxEventProperties(sync.maxEventProperties());
    CustomListSettings list = sync.customList();
    if (list != null && list.replace()) {
      options.existingSegments(Set.of(list.name())); // it starts anew with each push
    }
    if (record != null) {
      options.requestLog(record);
    }
    if (faults != null) {
      try {
        options.faults(Faults.parse(faults));
      } catch (IllegalArgumentException e) {
        throw new UsageException("--faults: " + e.getMessage());
      }
    }
    return options.build();
  }

  /** A rehearsal must not count as a push: what goes to the stand-in has a folder of its own. */
  private Path workFolder(ConnectionSource connections) {
    if (work != null && work.toString().matches("[a-z0-9]+:/.*")) {
      throw new UsageException("--work is " + work + "; it must be a folder of this machine");
    }
    if (work != null) {
      return work;
    }
    return home()
        .resolve(".tapline/work")
        .resolve(connections instanceof StandInConnections ? "stand-in" : "clevertap");
  }

  private static Path home() {
    return Path.of(System.getProperty("user.home"));
  }
}
