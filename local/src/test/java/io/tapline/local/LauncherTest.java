package io.tapline.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tapline.local.MessageScene.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the script {@code tapline} says when it can't run anything: in a folder without sources,
 * with a {@code PATH} that has little more than the commands it calls.
 */
class LauncherTest {

  private static final Path SCRIPT = Path.of("../tapline");

  private static final List<String> CALLED =
      List.of(
          "bash",
          "basename",
          "cat",
          "dirname",
          "find",
          "head",
          "mktemp",
          "mv",
          "readlink",
          "rm",
          "sed",
          "touch");

  @TempDir private Path folder;

  private interface Setting {
    void of(LauncherTest machine, Map<String, String> environment) throws IOException;
  }

  private record Case(String why, String place, Setting setting) {

    @Override
    public String toString() {
      return why;
    }
  }

  private static Stream<Case> all() {
    return Stream.of(
        new Case("no JDK", "JAVA_HOME", (machine, environment) -> {}),
        new Case(
            "only an old JDK",
            "version 17",
            (machine, environment) -> environment.put("JAVA_HOME", machine.jdk("17.0.9"))),
        new Case(
            "no Maven",
            "mvn",
            (machine, environment) -> environment.put("JAVA_HOME", machine.jdk("25"))),
        new Case(
            "no temporary file",
            "TMPDIR",
            (machine, environment) -> {
              environment.put("JAVA_HOME", machine.jdk("25"));
              machine.command("mvn", "exit 1");
              environment.put("TMPDIR", machine.folder.resolve("none").toString());
            }),
        new Case(
            "the build fails",
            "above",
            (machine, environment) -> {
              environment.put("JAVA_HOME", machine.jdk("25"));
              machine.command("mvn", "echo 'no network'; exit 1");
            }));
  }

  /** For {@link MessagesPageTest}, which knows the whole page. */
  static Stream<String> whys() {
    return all().map(Case::why);
  }

  @BeforeEach
  void makeAMachine() throws IOException {
    Files.createDirectories(folder.resolve("bin"));
    for (String command : CALLED) {
      Path found =
          Stream.of("/usr/bin", "/bin")
              .map(place -> Path.of(place, command))
              .filter(Files::isExecutable)
              .findFirst()
              .orElse(null);
      assumeTrue(found != null, command + " is where POSIX systems have it");
      Files.createSymbolicLink(folder.resolve("bin").resolve(command), found);
    }
    // The JDKs of this machine must not be found.
    String script =
        Files.readString(SCRIPT)
            .replaceAll("(?m)^    /(usr|opt|Library)/", "    " + folder + "/none/");
    Files.writeString(folder.resolve("tapline"), script);
  }

  private String jdk(String version) throws IOException {
    Path jdk = folder.resolve("jdk");
    Files.createDirectories(jdk.resolve("bin"));
    for (String command : List.of("java", "javac")) {
      executable(jdk.resolve("bin").resolve(command), "exit 0");
    }
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return jdk.toString();
  }

  private void command(String name, String script) throws IOException {
    executable(folder.resolve("bin").resolve(name), script);
  }

  private static void executable(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void tells(Case told) throws Exception {
    Map<String, String> environment = new HashMap<>();
    told.setting.of(this, environment);

    Said said = run(environment);

    assertThat(said.exitCode()).as(said.output()).isEqualTo(2);
    Matcher line = MessagesPage.read().line(told.why).matcher(said.output());
    assertThat(line.find()).as(said.output()).isTrue();
    MessageRules.assertTells(line.group(), told.place);
  }

  private Said run(Map<String, String> environment) throws IOException, InterruptedException {
    String bash = folder.resolve("bin/bash").toString();
    ProcessBuilder builder =
        new ProcessBuilder(bash, folder.resolve("tapline").toString(), "--version")
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", folder.resolve("bin").toString());
    builder.environment().put("HOME", folder.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Said(process.waitFor(), output);
  }
}
