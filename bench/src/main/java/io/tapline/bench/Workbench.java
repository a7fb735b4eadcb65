package io.tapline.bench;

import io.tapline.bench.data.FileContent;
import io.tapline.bench.data.GeneratedText;
import io.tapline.bench.data.Packed;
import io.tapline.bench.data.Shape;
import io.tapline.bench.data.TextForm;
import io.tapline.bench.task.Figures;
import io.tapline.bench.task.Task;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What measurements work with: sizes, a folder, JVMs. */
final class Workbench {

  /** The splitter's JVM: the smallest heap that it is to work in, and its flags on Lambda. */
  static final List<String> SPLITTER =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=4");

  /** The worker's JVM, which on Lambda has the first compiler only. */
  static final List<String> WORKER =
      List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  /** The finalizer's JVM. */
  static final List<String> FINALIZER =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private static final int MOST_HEAP_MB = 512;

  private final Launcher launcher;
  private final Sizes sizes;
  private final Path folder;
  private final @Nullable Path recordings;
  private final PrintWriter progress;

  /**
   * A workbench.
   *
   * @param launcher does the tasks
   * @param folder where files of some GB may lie for a while
   * @param recordings where recordings of JFR go; null: there are none
   * @param progress told of what is under way
   */
  Workbench(
      Launcher launcher,
      Sizes sizes,
      Path folder,
      @Nullable Path recordings,
      PrintWriter progress) {
    this.launcher = launcher;
    this.sizes = sizes;
    this.folder = folder;
    this.recordings = recordings;
    this.progress = progress;
  }

  Sizes sizes() {
    return sizes;
  }

  Path folder() {
    return folder;
  }

  /** A JVM's options with those that record it, where recordings are wanted. */
  List<String> recording(String name, List<String> options) {
    if (recordings == null) {
      return options;
    }
    List<String> recorded = new ArrayList<>(options);
    recorded.addAll(Recording.options(recordingFile(name)));
    return recorded;
  }

  /** Where the recording of this name lies. */
  Path recordingFile(String name) {
    return Objects.requireNonNull(recordings, "--jfr").resolve(name + ".jfr");
  }

  /** A task with its JVM's options. */
  record Run(List<String> options, Task task, List<String> words) {

    Run(List<String> options, Task task, String... words) {
      this(options, task, List.of(words));
    }
  }

  /** The file of an export of profiles; made when it is first asked for. */
  Path export(TextForm form, boolean gz) throws IOException {
    return export("export", form, gz, sizes.textBytes());
  }

  /**
   * One like it, but with a quarter of its text: for what would take long, and is no other then.
   */
  Path smallExport(TextForm form) throws IOException {
    return export("small-export", form, false, sizes.textBytes() / 4);
  }

  private Path export(String name, TextForm form, boolean gz, long bytes) throws IOException {
    Path file = folder.resolve(name + form.ending() + (gz ? Packed.ENDING : ""));
    if (!Files.exists(file)) {
      say("making " + file.getFileName());
      FileContent.write(GeneratedText.ofSize(Shape.PROFILES, form, bytes), file, gz);
    }
    return file;
  }

  /**
   * Does some tasks one after another, and all of them again and again: whatever else the machine
   * does then meets all of them alike.
   *
   * @param runs by their names
   */
  Rounds rounds(Map<String, Run> runs) throws IOException, InterruptedException {
    List<Map<String, Figures>> rounds = new ArrayList<>();
    for (int round = 1; round <= sizes.runs(); round++) {
      Map<String, Figures> figures = new LinkedHashMap<>();
      for (Map.Entry<String, Run> run : runs.entrySet()) {
        figures.put(run.getKey(), once(run.getValue()));
      }
      rounds.add(figures);
    }
    return new Rounds(rounds);
  }

  /** Does a task once. */
  Figures once(Run run) throws IOException, InterruptedException {
    say("%s %s".formatted(run.task(), String.join(" ", run.words())));
    return launcher.run(run.options(), run.task(), run.words());
  }

  /** The smallest heap, in MB, in which a task comes to its end. */
  List<Double> smallestHeap(Task task, String... words) throws IOException, InterruptedException {
    int tooSmall = 0;
    int enough = MOST_HEAP_MB;
    while (enough - tooSmall > sizes.heapStepMb()) {
      int heap = (tooSmall + enough) / 2;
      say("%s %s in %d MB".formatted(task, String.join(" ", words), heap));
      if (fits(heap, task, words)) {
        enough = heap;
      } else {
        tooSmall = heap;
      }
    }
    return List.of((double) enough);
  }

  private boolean fits(int heapMb, Task task, String... words)
      throws IOException, InterruptedException {
    try {
      launcher.run(List.of("-Xmx" + heapMb + "m", "-XX:+UseSerialGC"), task, List.of(words));
      return true;
    } catch (IllegalStateException e) {
      if (String.valueOf(e.getMessage()).contains("OutOfMemoryError")) {
        return false;
      }
      throw e;
    }
  }

  void say(String what) {
    progress.println(what);
    progress.flush();
  }
}
