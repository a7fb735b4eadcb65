package io.tapline.bench;

import io.tapline.bench.task.Child;
import picocli.CommandLine;

/** The command line of the benchmarks. */
public final class Main {

  private Main() {}

  /** Measures, and ends the JVM with 0, or 2 for wrong usage. */
  public static void main(String[] args) {
    System.exit(commandLine(Child::run).execute(args));
  }

  static CommandLine commandLine(Launcher launcher) {
    return new CommandLine(new BenchCommand(launcher)).setCaseInsensitiveEnumValuesAllowed(true);
  }
}
