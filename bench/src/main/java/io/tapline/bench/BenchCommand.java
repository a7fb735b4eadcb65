package io.tapline.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures what the page of benchmarks tells. */
@Command(
    name = "tapline bench",
    mixinStandardHelpOptions = true,
    description =
        "Measures how fast Tapline is and how little memory it needs, as ratios where that can be:"
            + " those carry over to other machines.",
    footer = {
      "",
      "All of it takes about half an hour on a machine that does nothing else, and 5 GB of disk.",
      "",
      "Examples:",
      "  tapline bench --quick",
      "  tapline bench --only staging --only worker",
      "  tapline bench --out docs/benchmarks.md --jfr target/jfr"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls
final class BenchCommand implements Callable<Integer> {

  @Option(names = "--quick", description = "Tiny sizes, once: only to see that all of it runs.")
  private boolean quick;

  @Option(
      names = "--only",
      paramLabel = "TOPIC",
      description =
          "Measure only this: ${COMPLETION-CANDIDATES}; may be repeated. Default: all, the profile"
              + " only with --jfr.")
  private List<Topic> only = List.of();

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "How often each thing is measured. Default: 5.")
  private @Nullable Integer runs;

  @Option(
      names = "--text",
      paramLabel = "MB",
      description = "Text of the exports that are staged from a file. Default: 1000.")
  private @Nullable Integer textMegabytes;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The page whose figures are replaced, such as docs/benchmarks.md.")
  private @Nullable Path out;

  @Option(
      names = "--jfr",
      paramLabel = "DIR",
      description = "Record staging and a worker's push there, and say where the time goes.")
  private @Nullable Path recordings;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "Where files lie meanwhile. Default: a temporary folder.")
  private @Nullable Path parent;

  @Spec private CommandSpec spec;

  private final Launcher launcher;

  /**
   * The command.
   *
   * @param launcher does the tasks
   */
  BenchCommand(Launcher launcher) {
    this.launcher = launcher;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Topic> topics =
        only.isEmpty()
            ? Stream.of(Topic.values())
                .filter(topic -> recordings != null || topic != Topic.PROFILE)
                .toList()
            : only;
    check(topics);
    Path folder = makeFolder();
    try {
      Workbench bench =
          new Workbench(launcher, sizes(), folder, recordings, spec.commandLine().getErr());
      PrintWriter terminal = spec.commandLine().getOut();
      String machine = Machine.describe();
      terminal.println(machine);
      put("machine", machine);
      for (Topic topic : topics) {
        long start = System.nanoTime();
        Section section = topic.measurement().measure(bench);
        bench.say("%s took %d s".formatted(topic, (System.nanoTime() - start) / 1_000_000_000));
        terminal.println();
        terminal.print(section.toText());
        terminal.flush();
        put(topic.toString(), section.toMarkdown());
      }
    } finally {
      Folders.delete(folder);
    }
    return CommandLine.ExitCode.OK;
  }

  private void check(List<Topic> topics) throws IOException {
    if (topics.contains(Topic.PROFILE) && recordings == null) {
      throw wrongUsage("--only profile needs --jfr DIR");
    }
    if (out != null && !Files.isRegularFile(out)) {
      throw wrongUsage("--out is %s; it must be a page that is there".formatted(out));
    }
    if (recordings != null) {
      Files.createDirectories(recordings);
    }
  }

  private ParameterException wrongUsage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private Path makeFolder() throws IOException {
    return parent == null
        ? Files.createTempDirectory("tapline-bench")
        : Files.createTempDirectory(Files.createDirectories(parent), "tapline-bench");
  }

  private Sizes sizes() {
    Sizes sizes = quick ? Sizes.QUICK : Sizes.WHOLE;
    if (runs != null) {
      sizes = sizes.withRuns(runs);
    }
    return textMegabytes == null ? sizes : sizes.withTextMegabytes(textMegabytes);
  }

  private void put(String section, String figures) throws IOException {
    if (out != null) {
      Files.writeString(out, Page.put(Files.readString(out), section, figures));
    }
  }
}
