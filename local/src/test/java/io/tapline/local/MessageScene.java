package io.tapline.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tapline.local.Pushes.Pushed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A folder with a good export and a good sync, the home of a user who has one connection, and the
 * commands that are given there.
 */
final class MessageScene {

  static final String GOOD_SYNC = Pushes.sync("\"threadCount\": 1");

  private final Path folder;
  private final Pushes pushes;

  MessageScene(Path folder) throws IOException {
    this.folder = folder;
    this.pushes = new Pushes(folder);
    Files.createDirectories(folder.resolve("folder"));
    file("good.csv", "identity,name\na,A\n");
    file("sync.json", GOOD_SYNC);
  }

  /** Writes a file, and the folders above it. */
  MessageScene file(String name, String content) throws IOException {
    return file(name, content.getBytes(UTF_8));
  }

  MessageScene file(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    return this;
  }

  /** Writes a sync of these settings beside those that it must have. */
  MessageScene sync(String settings) throws IOException {
    return file("sync.json", Pushes.sync(settings));
  }

  /** Writes a sync over the connection {@code prod}, which is this text below the user's home. */
  MessageScene connection(String content) throws IOException {
    return file("sync.json", GOOD_SYNC.replace("stand-in", "prod"))
        .file(".tapline/connections/prod.json", content);
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  /** Pushes the good export by the sync, with these options beside a work folder of its own. */
  Said push(String... options) {
    List<String> arguments = new ArrayList<>(List.of("push", "good.csv", "--sync", "sync.json"));
    arguments.addAll(List.of(options));
    if (!arguments.contains("--work")) {
      arguments.addAll(List.of("--work", "work"));
    }
    return run(arguments.toArray(String[]::new));
  }

  /** Gives a command within this JVM; names of files are made paths of the folder. */
  Said run(String... arguments) {
    Pushed pushed = pushes.run(placed(arguments));
    return new Said(pushed.exitCode(), pushed.output());
  }

  /** Gives a command with an environment, in a JVM of its own. */
  Said runWith(Map<String, String> environment, String... arguments) throws Exception {
    try (ChildCommand child =
        ChildCommand.tapline(folder, environment, placed(arguments).toArray(String[]::new))) {
      return new Said(child.exitCode(), child.output());
    }
  }

  private List<String> placed(String... arguments) {
    return List.of(arguments).stream()
        .map(
            argument ->
                argument.matches("[a-z -]+\\.(csv|json)|folder|work|out")
                    ? folder.resolve(argument).toString()
                    : argument)
        .toList();
  }

  /** What was printed. */
  record Said(int exitCode, String output) {}
}
