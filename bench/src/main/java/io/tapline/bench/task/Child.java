package io.tapline.bench.task;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own with this JVM's class path, so that nothing is warm and no heap is shared. */
public final class Child {

  private Child() {}

  /**
   * Does a task.
   *
   * @param options of the JVM, such as its heap
   * @throws IllegalStateException if it fails; the message holds its output
   */
  public static Figures run(List<String> options, Task task, List<String> words)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(task.name()));
    arguments.addAll(words);
    Ended ended = java(options, TaskMain.class.getName(), arguments);
    if (ended.exitCode() != 0) {
      throw new IllegalStateException(
          "%s %s with %s failed: %s"
              .formatted(task, String.join(" ", words), options, ended.output()));
    }
    return ended
        .output()
        .lines()
        .filter(line -> line.startsWith(TaskMain.FIGURES))
        .map(line -> Figures.parse(line.substring(TaskMain.FIGURES.length())))
        .findFirst()
        .orElseThrow();
  }

  /** Runs a main class to its end. */
  public static Ended java(List<String> options, String main, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            main));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.waitFor(), output);
    } finally {
      process.destroyForcibly();
    }
  }

  /**
   * How a JVM ended.
   *
   * @param output all that it printed
   */
  public record Ended(int exitCode, String output) {}
}
