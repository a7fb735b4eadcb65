package io.tapline.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A main class of the tests' class path in a JVM of its own, as a user or a machine would run it.
 */
final class ChildCommand implements AutoCloseable {

  private final Process process;
  private final Path output;

  private ChildCommand(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts the command line of Tapline. */
  static ChildCommand tapline(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    return java(folder, environment, List.of("-Xmx512m"), Main.class.getName(), arguments);
  }

  /**
   * Starts a JVM.
   *
   * @param folder where its output goes, and what it takes for the user's home
   * @param environment added to that of the tests
   */
  static ChildCommand java(
      Path folder,
      Map<String, String> environment,
      List<String> options,
      String main,
      String... arguments)
      throws IOException {
    List<String> command = commandLine(folder, options, main);
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(folder, "output", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    // It has an S3 and an SQS of its own, unless the test names others.
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_ENDPOINT_URL"));
    builder.environment().putAll(environment);
    return new ChildCommand(builder.start(), output);
  }

  /** How such a JVM is started; its arguments are still to be added. */
  static List<String> commandLine(Path folder, List<String> options, String main) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-Duser.home=" + folder,
            "-cp",
            System.getProperty("java.class.path"),
            main));
    return command;
  }

  /** Waits for its exit code. */
  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** All that it has printed so far. */
  String output() throws IOException {
    return Files.readString(output);
  }

  /** Asks it to end, as Ctrl-C does. */
  void end() {
    process.destroy();
  }

  /** Sends it a signal, such as {@code INT} for what Ctrl-C sends. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** Ends it as a power cut would. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
