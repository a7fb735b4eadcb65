package io.tapline.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tapline.local.MessageScene.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the script {@code tapline} says when it can't run anything, and how it starts Java when it
 * can: in a folder without sources, with a {@code PATH} that has little more than the commands it
 * calls.
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

  /** How Java makes an archive of classes, or doesn't, and what it is then started with. */
  private enum Archive {
    MADE("echo classes > \"${option#*=}\"", true, "-XX:SharedArchiveFile="),
    NO_SUCH_OPTION("exit 1", true, "-Xmx512m"),
    OF_AN_OLDER_JAR("exit 1", false, "-Xmx512m");

    private final String making;
    private final boolean stale;
    private final String option;

    Archive(String making, boolean stale, String option) {
      this.making = making;
      this.stale = stale;
      this.option = option;
    }
  }

  @ParameterizedTest
  @EnumSource(Archive.class)
  void startsWithAnArchiveOfClassesWhereItCan(Archive archive) throws Exception {
    Path target = Files.createDirectories(folder.resolve("local/target"));
    Path seen = folder.resolve("seen");
    Path jar = Files.createFile(target.resolve("tapline-local.jar"));
    if (archive.stale) {
      Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
    } else {
      Files.createFile(target.resolve("built"));
      Path older = Files.createFile(target.resolve("classes-25.jsa"));
      Files.setLastModifiedTime(older, FileTime.from(Instant.EPOCH));
    }
    command("mvn", "exit 0");
    String jdk = jdk("25");
    executable(
        folder.resolve("jdk/bin/java"),
        """
        for option; do
          case $option in
            -XX:ArchiveClassesAtExit=*)
              echo "endpoint '$AWS_ENDPOINT_URL' $*" > %s
              echo noise; echo noise >&2
              %s
              exit 3 ;;
          esac
        done
        echo "started $*"
        """
            .formatted(seen, archive.making));

    Said said = run(Map.of("JAVA_HOME", jdk, "AWS_ENDPOINT_URL", "http://127.0.0.1:1"));

    assertThat(said.exitCode()).as(said.output()).isZero();
    assertThat(said.output().lines().filter(line -> !line.startsWith("Building")))
        .singleElement(STRING)
        .startsWith("started ")
        .contains(archive.option, "--version")
        .doesNotContain(archive == Archive.MADE ? "noise" : "-XX:SharedArchiveFile");
    assertThat(Files.exists(seen)).isEqualTo(archive.stale);
    if (archive.stale) {
      assertThat(seen)
          .content()
          .startsWith("endpoint '' ")
          .contains("-Duser.home=" + target.toRealPath());
    }
    try (Stream<Path> left = Files.list(target)) {
      assertThat(left).as("only files").allMatch(Files::isRegularFile);
    }
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
