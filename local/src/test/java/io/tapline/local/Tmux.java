package io.tapline.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** A real terminal: a server of tmux for this test alone, whose screen can be read. */
final class Tmux implements AutoCloseable {

  private final String server = "tapline-" + UUID.randomUUID();
  private final Path folder;
  private final Path exitCode;

  /** A terminal that writes what it needs to this folder. */
  Tmux(Path folder) {
    this.folder = folder;
    this.exitCode = folder.resolve("exit-code");
  }

  /** Whether it is installed. */
  static boolean isThere() {
    try {
      return new ProcessBuilder("tmux", "-V").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Runs a command in a new terminal of this size; what it showed stays when it is over. */
  void run(int columns, int rows, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    String script =
        "unset AWS_ENDPOINT_URL AWS_ENDPOINT_URL_S3 AWS_ENDPOINT_URL_SQS\n"
            + environment.entrySet().stream()
                .map(entry -> "export " + entry.getKey() + "=" + quoted(entry.getValue()) + "\n")
                .collect(Collectors.joining())
            // Ctrl-C is for the command: the shell outlives it, to tell how it ended. tmux itself
            // does not always hear of that.
            + "trap : INT\n"
            + command.stream().map(Tmux::quoted).collect(Collectors.joining(" "))
            + "\necho $? >"
            + quoted(exitCode + ".part")
            + "; mv "
            + quoted(exitCode + ".part")
            + " "
            + quoted(exitCode.toString())
            + "\n";
    Files.deleteIfExists(exitCode);
    Path file = Files.writeString(folder.resolve("in-tmux.sh"), script);
    Path settings =
        Files.writeString(folder.resolve("tmux.conf"), "set-option -g remain-on-exit on\n");
    tmux(
        "-f",
        settings.toString(),
        "new-session",
        "-d",
        "-x",
        Integer.toString(columns),
        "-y",
        Integer.toString(rows),
        "sh",
        file.toString());
  }

  /** Presses a key, such as {@code C-c}. */
  void press(String key) throws IOException, InterruptedException {
    tmux("send-keys", key);
  }

  /** Makes the terminal wider or narrower. */
  void resize(int columns, int rows) throws IOException, InterruptedException {
    tmux("resize-window", "-x", Integer.toString(columns), "-y", Integer.toString(rows));
  }

  /** The lines of the screen, without spaces at their ends. */
  List<String> screen() throws IOException, InterruptedException {
    return tmux("capture-pane", "-p").lines().map(String::stripTrailing).toList();
  }

  /** All that was shown, with lines that the screen broke put together again. */
  String text() throws IOException, InterruptedException {
    return tmux("capture-pane", "-p", "-J", "-S", "-");
  }

  /** Whether the command is over. */
  boolean isOver() {
    return Files.exists(exitCode);
  }

  /** The exit code of the command, which is over. */
  int exitCode() throws IOException {
    return Integer.parseInt(Files.readString(exitCode).strip());
  }

  private String tmux(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("tmux", "-u", "-L", server));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // One that runs inside another terminal's tmux must not take that one's server.
    builder.environment().remove("TMUX");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  @Override
  public void close() throws IOException {
    new ProcessBuilder("tmux", "-L", server, "kill-server").start().onExit().join();
  }
}
