package io.tapline.local;

import io.tapline.ledger.Ledger;
import io.tapline.local.standin.StandIn;
import io.tapline.sync.SettingsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/** Runs an installation on this machine for other programs to use. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description =
        "Runs an installation on this machine until Ctrl-C: what any S3 client puts into its export"
            + " bucket is pushed to the built-in stand-in of CleverTap.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "130:ended by Ctrl-C",
      "1:something failed that should not",
      "2:wrong usage or settings, or a port is taken; nothing was started"
    },
    footer = {
      "",
      "Examples:",
      "  tapline serve",
      "  tapline serve --sync vip.json --work target/rehearsal --faults 429=0.05",
      "  tapline serve --without-functions"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls
final class ServeCommand implements Callable<Integer> {

  /** What {@code events/env.json} goes with; there, only the samples lie behind it. */
  static final AwsCredentials SAM_CREDENTIALS =
      AwsBasicCredentials.create("local", "tapline-serve");

  private static final OneMachine.Names NAMES = OneMachine.Names.DEFAULT;

  @Option(
      names = "--sync",
      paramLabel = "SYNC",
      arity = "1..*",
      description =
          "The settings of syncs, JSON files, beside those that the work folder has. Where there"
              + " are none, those of the samples.")
  private List<Path> syncFiles = List.of();

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description =
          "Where S3 keeps its objects; they hold personal data. Default: a temporary folder, which"
              + " is deleted at the end.")
  private @Nullable Path work;

  @Option(
      names = "--without-functions",
      description =
          "Only the services, with the samples in them, for sam local invoke with the events in"
              + " events/ and events/env.json.")
  private boolean withoutFunctions;

  @Mixin private ServePorts ports;

  @Mixin private StandInFlags standInFlags;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    try {
      if (withoutFunctions && !syncFiles.isEmpty()) {
        throw new UsageException("--without-functions serves the samples; it goes without --sync");
      }
      ports.requireFree();
      serve();
      return CommandLine.ExitCode.OK;
    } catch (UsageException | SettingsException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
  }

  private void serve() throws IOException {
    try (Ending ending = Ending.watch()) {
      if (work != null) {
        serve(work, ending);
        return;
      }
      try (TemporaryFolder folder = TemporaryFolder.make()) {
        serve(folder.path(), ending);
      }
    }
  }

  private void serve(Path folder, Ending ending) throws IOException {
    if (withoutFunctions) {
      serveSamples(folder, ending);
    } else {
      rehearse(folder, ending);
    }
  }

  private void rehearse(Path folder, Ending ending) {
    List<SyncFile> syncs = syncs(folder);
    LinkedBlockingQueue<byte[]> arrivals = new LinkedBlockingQueue<>();
    TellingStore.Listener listener =
        (bucket, key, etag) -> {
          if (bucket.equals(NAMES.exportBucket())) {
            arrivals.add(SplitterEvents.objectCreated(bucket, key, etag));
          }
        };
    try (StandIn standIn = startStandIn(syncs);
        OneMachine machine =
            machine(
                folder,
                NAMES,
                EmbeddedS3.ownCredentials(),
                store -> new TellingStore(store, listener),
                standIn)) {
      Ledger ledger = machine.installation().ledger();
      syncs.forEach(file -> ledger.putSyncFile(file.sync().name(), file.json()));
      try (Rehearsal rehearsal = new Rehearsal(machine, arrivals, this::say)) {
        rehearsal.start();
        new ServeGreeting(this::say, machine, standIn, work != null)
            .rehearsal(syncs.stream().map(SyncFile::sync).toList());
        ending.await();
      }
    }
  }

  /** Those that were named and those that the folder has, or else the samples'. */
  private List<SyncFile> syncs(Path folder) {
    Map<String, SyncFile> syncs = new TreeMap<>();
    SyncFile.in(folder.resolve(NAMES.workBucket()).resolve("syncs"), file -> true)
        .forEach(file -> syncs.put(file.sync().name(), file));
    for (Path file : syncFiles) {
      SyncFile named = SyncFile.read(file);
      syncs.put(named.sync().name(), named);
    }
    return syncs.isEmpty() ? Samples.ofLauncher().syncs() : List.copyOf(syncs.values());
  }

  private void serveSamples(Path folder, Ending ending) throws IOException {
    Samples samples = Samples.ofLauncher();
    try (StandIn standIn = startStandIn(samples.syncs());
        OneMachine machine =
            machine(
                folder,
                SamSeed.NAMES,
                SAM_CREDENTIALS,
                store -> new FixedVersions(store, SamSeed.VERSIONS),
                standIn);
        OtherServices others = OtherServices.start(ports.aws(), standIn, this::say)) {
      new SamSeed(machine, samples).plant();
      new ServeGreeting(this::say, machine, standIn, work != null).samples(others.endpoint());
      ending.await();
    }
  }

  private OneMachine machine(
      Path folder,
      OneMachine.Names names,
      AwsCredentials credentials,
      UnaryOperator<BlobStore> addition,
      StandIn standIn) {
    return OneMachine.on(
        Services.embed(folder, ports.s3(), ports.sqs(), credentials, addition),
        names,
        new StandInConnections(standIn),
        MachineOptions.log(spec.commandLine().getErr()));
  }

  private StandIn startStandIn(List<SyncFile> syncs) {
    return standInFlags.start(syncs.stream().map(SyncFile::sync).toList(), ports.cleverTap());
  }

  private synchronized void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
