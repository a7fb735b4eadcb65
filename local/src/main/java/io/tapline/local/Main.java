package io.tapline.local;

import io.tapline.local.chaos.ChaosCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line of Tapline. */
@Command(
    name = "tapline",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      InitCommand.class,
      CheckCommand.class,
      PushCommand.class,
      RedriveCommand.class,
      ServeCommand.class,
      ChaosCommand.class
    },
    description = "Pushes query results that Treasure Data exported to CleverTap.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  tapline init customers.csv",
      "  tapline check customers.csv --sync customers.json",
      "  tapline push customers.csv --sync customers.json --out target/run",
      "  tapline push --help",
      "",
      "tapline bench, which is built when it is first called, measures speed and memory."
    })
public final class Main implements Runnable {

  @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
  @Spec
  private CommandSpec spec;

  private Main() {}

  /** Runs a command and ends the JVM with its exit code; 2 for wrong usage. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    UsageErrors usageErrors = new UsageErrors();
    return new CommandLine(new Main())
        .setParameterExceptionHandler(usageErrors)
        .setExecutionStrategy(usageErrors)
        .setExecutionExceptionHandler(new UnexpectedFailure(System.getenv()));
  }

  /** Without a command there is nothing to do but to say what could be done. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** The version that the build wrote into the manifest; absent when run from class files. */
  static final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"tapline " + (version == null ? "(unpackaged)" : version)};
    }
  }
}
