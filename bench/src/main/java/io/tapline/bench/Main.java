package io.tapline.bench;

import picocli.CommandLine;

/** The command line of the benchmarks. */
public final class Main {

  private Main() {}

  /** Measures, and ends the JVM with 0, or 2 for wrong usage. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new BenchCommand()).setCaseInsensitiveEnumValuesAllowed(true);
  }
}
