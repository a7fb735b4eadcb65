package io.tapline.local;

import io.tapline.aws.Clock;
import io.tapline.clevertap.HttpCleverTapApi;
import io.tapline.local.check.CheckText;
import io.tapline.local.check.CheckedFile;
import io.tapline.local.check.FileCheck;
import io.tapline.local.check.Probe;
import io.tapline.local.check.ProbeAnswer;
import io.tapline.local.standin.StandIn;
import io.tapline.local.standin.StandInOptions;
import io.tapline.sync.ColumnType;
import io.tapline.sync.Connection;
import io.tapline.sync.SettingsException;
import io.tapline.sync.Sync;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a push of a file would do, and sends none of its rows. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Says what a push of an export would do, and sends none of its rows: each column's type and"
          + " why, the rows that would be rejected, the calls and how long they take.",
      "Values are shown by their form only: letters as x, digits as 9."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all rows would be sent",
      "1:something failed that should not; TAPLINE_DEBUG=1 shows the details",
      "2:wrong usage or settings",
      "3:some rows would be rejected",
      "4:the push would be stopped; with --remote, also when CleverTap refuses the credentials",
      "5:with --remote: CleverTap can't be reached, or had no time; rows would be left open"
    },
    footer = {
      "",
      "Examples:",
      "  tapline check samples/profiles.csv.gz --sync samples/profiles.json",
      "  tapline check orders.csv --sync orders.json --remote",
      "  tapline check orders.csv --sync orders.json --latency 800 > orders.txt"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls
final class CheckCommand implements Callable<Integer> {

  private static final int SOME_REJECTED = 3;
  private static final int STOPPED = 4;
  private static final int LEFT_OPEN = 5;

  /** Where a terminal does not say how wide it is. */
  private static final int USUAL_WIDTH = 80;

  @Parameters(paramLabel = "FILE", description = "The export: .csv, .tsv or .jsonl, plain or .gz.")
  private Path file;

  @Option(
      names = "--sync",
      required = true,
      paramLabel = "SYNC",
      description = "The settings of the sync, a JSON file.")
  private Path syncFile;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description =
          "Where earlier pushes left what the sync has learned of its columns: a folder, or"
              + " s3://BUCKET for an installation on AWS. It is only read. Default: that of push.")
  private @Nullable Path work;

  @Option(
      names = "--clevertap",
      paramLabel = StandInConnections.NAME,
      description =
          "As a push to the built-in stand-in of CleverTap, whatever connection the sync names.")
  private @Nullable String cleverTap;

  @Option(
      names = "--remote",
      description =
          "Prove host, region, account and passcode of the sync's connection: one record without an"
              + " identity is sent, which CleverTap refuses, so that nothing is stored.")
  private boolean remote;

  @Option(
      names = "--latency",
      paramLabel = "MS",
      defaultValue = "300",
      description =
          "How long a call to CleverTap is taken to last, in milliseconds, to tell how long the"
              + " push takes. Default: ${DEFAULT-VALUE}.")
  private int latency;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    try {
      if (latency < 1) {
        throw new UsageException(
            "--latency is %d; it must be a number of milliseconds, at least 1".formatted(latency));
      }
      new ExportFile(file); // one that a push would not take ends it here
      Sync sync = SyncFile.read(syncFile).sync();
      boolean usesStandIn = MachineOptions.usesStandIn(cleverTap, sync);
      Connection connection =
          remote && !usesStandIn ? MachineOptions.connections().get(sync.connection()) : null;
      int found = check(sync, usesStandIn);
      if (!remote) {
        return found;
      }
      int proven = probe(sync, connection);
      return found == STOPPED ? STOPPED : Math.max(found, proven); // it stops before any call
    } catch (UsageException | SettingsException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
  }

  private int check(Sync sync, boolean usesStandIn) throws IOException {
    Clock clock = Clock.system();
    if (sync.since() != null && clock.instant().isBefore(sync.since())) {
      throw new UsageException(
          "since is %s, which is still to come: no export is pushed before it (%s)"
              .formatted(sync.since(), syncFile));
    }
    CheckedFile checked = FileCheck.check(file, sync, learned(sync, usesStandIn), clock.instant());
    PrintWriter out = spec.commandLine().getOut();
    out.print(CheckText.of(checked, sync, file.toString(), Duration.ofMillis(latency), width()));
    out.flush();
    if (checked.stop() != null) {
      return STOPPED;
    }
    return checked.rejected() > 0 ? SOME_REJECTED : CommandLine.ExitCode.OK;
  }

  private Map<String, ColumnType> learned(Sync sync, boolean usesStandIn) {
    Optional<String> bucket = JobPlaces.bucket(work);
    if (bucket.isPresent()) {
      return TaughtTypes.inBucket(bucket.get(), sync.name());
    }
    return Services.hasEndpoints(System.getenv())
        ? TaughtTypes.inBucketOfHere(OneMachine.Names.DEFAULT.workBucket(), sync.name())
        : TaughtTypes.in(MachineOptions.workFolder(work, usesStandIn), sync.name());
  }

  /** That of the terminal, which the launcher asked; 0 where there is none. */
  private static int width() {
    if (!Boolean.getBoolean("tapline.terminal")) {
      return 0;
    }
    int columns = Integer.getInteger("tapline.columns", 0);
    return columns > 0 ? columns : USUAL_WIDTH;
  }

  private int probe(Sync sync, @Nullable Connection connection) {
    if (connection != null) {
      return tell(probe(connection, sync), "");
    }
    try (StandIn standIn = StandIn.start(StandInOptions.builder().build())) {
      return tell(
          probe(new StandInConnections(standIn).get(sync.connection()), sync),
          " This was the built-in CleverTap: it proves nothing of an account.");
    }
  }

  private static ProbeAnswer probe(Connection connection, Sync sync) {
    return Probe.of(
        new HttpCleverTapApi(Clock.system()), connection, sync.kind(), sync.retry().callTimeout());
  }

  private int tell(ProbeAnswer answer, String addition) {
    PrintWriter out = spec.commandLine().getOut();
    out.println();
    out.print(CheckText.of(answer, addition, width()));
    out.flush();
    return switch (answer.verdict()) {
      case PROVEN -> CommandLine.ExitCode.OK;
      case FORBIDDEN -> STOPPED;
      case UNREACHED -> LEFT_OPEN;
    };
  }
}
