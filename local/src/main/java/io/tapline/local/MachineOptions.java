package io.tapline.local;

import io.tapline.aws.Clock;
import io.tapline.local.standin.StandIn;
import io.tapline.sync.ConnectionSource;
import io.tapline.sync.Sync;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the commands have in common that run an installation on this machine. */
@SuppressWarnings("NullAway.Init") // picocli fills the mixin before a command is called
final class MachineOptions {

  private static final String STAND_IN = StandInConnections.NAME;

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
      names = "--clevertap",
      paramLabel = STAND_IN,
      description =
          "Push to the built-in stand-in of CleverTap, whatever connection the sync names.")
  private @Nullable String cleverTap;

  @Mixin private StandInFlags standIn;

  /** Where reports are copied to; null: nowhere. */
  @Nullable Path out() {
    return out;
  }

  /** The value of {@code --work}; null: none. */
  @Nullable Path work() {
    return work;
  }

  /** What a further command needs to go on where this one ended. */
  List<String> again() {
    List<String> given = new ArrayList<>();
    if (out != null) {
      given.addAll(List.of("--out", out.toString()));
    }
    if (work != null) {
      given.addAll(List.of("--work", work.toString()));
    }
    if (cleverTap != null) {
      given.addAll(List.of("--clevertap", cleverTap));
    }
    return given;
  }

  /**
   * Makes the folder of the reports: once all is pushed it would be too late to say that there is
   * no place.
   */
  void makeOutFolder() {
    if (out != null) {
      makeFolder(out);
    }
  }

  /** Makes the folder that {@code --out} names, unless it is there. */
  static void makeFolder(Path out) {
    try {
      Files.createDirectories(out);
    } catch (IOException e) {
      throw new UsageException(
          "--out is " + out + ", where no folder can be made; choose another one");
    }
    if (!Files.isWritable(out)) {
      throw new UsageException(
          "--out is " + out + ", a folder that you may not write to; choose another one");
    }
  }

  /** Whether the records of a sync go to the stand-in. */
  boolean usesStandIn(Sync sync) {
    boolean used = usesStandIn(cleverTap, sync);
    if (!used && standIn.areSet()) {
      throw new UsageException(
          "--record and --faults are the stand-in's, and the sync names connection %s;"
                  .formatted(sync.connection())
              + " add --clevertap stand-in to rehearse");
    }
    return used;
  }

  /**
   * Whether the records of a sync go to the stand-in.
   *
   * @param cleverTap the value of {@code --clevertap}; null: none
   */
  static boolean usesStandIn(@Nullable String cleverTap, Sync sync) {
    if (cleverTap != null && !cleverTap.equals(STAND_IN)) {
      throw new UsageException(
          "--clevertap is %s; the only value is %s".formatted(cleverTap, STAND_IN));
    }
    return cleverTap != null || sync.connection().equals(STAND_IN);
  }

  /** The connections of this machine's user. */
  static ConnectionSource connections() {
    return LocalConnections.of(System.getenv(), home(), Clock.system());
  }

  /** Starts the stand-in as these options want it. */
  StandIn startStandIn(Sync sync) {
    return standIn.start(List.of(sync), 0);
  }

  /** A rehearsal must not count as a push: what goes to the stand-in has a folder of its own. */
  Path workFolder(boolean usesStandIn) {
    return workFolder(work, usesStandIn);
  }

  /**
   * The folder of an embedded S3.
   *
   * @param work the value of {@code --work}; null: none
   */
  static Path workFolder(@Nullable Path work, boolean usesStandIn) {
    if (work != null && work.toString().matches("[a-z0-9]+:/.*")) {
      throw new UsageException(
          "--work is " + work + "; it must be a folder of this machine, such as target/work");
    }
    return work != null ? work : defaultFolders().get(usesStandIn ? 0 : 1);
  }

  /** The folders in which jobs may lie: that of {@code --work}, or the two that are the default. */
  List<Path> workFolders() {
    return work != null ? List.of(work) : defaultFolders();
  }

  /**
   * Those without {@code --work}: for what goes to the stand-in, and for what goes to CleverTap.
   */
  static List<Path> defaultFolders() {
    Path folder = home().resolve(".tapline/work");
    return List.of(folder.resolve(STAND_IN), folder.resolve("clevertap"));
  }

  /**
   * Takes what the functions log: nothing that a user wants to read, unless something is wrong.
   *
   * @param err where it goes then
   */
  static Consumer<String> log(PrintWriter err) {
    if (!System.getenv().containsKey(UnexpectedFailure.DEBUG)) {
      return line -> {};
    }
    return line -> err.println(line.stripTrailing());
  }

  private static Path home() {
    return Path.of(System.getProperty("user.home"));
  }
}
