package io.tapline.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapline.bench.data.FileContent;
import io.tapline.bench.data.GeneratedText;
import io.tapline.bench.data.Packed;
import io.tapline.bench.data.Shape;
import io.tapline.bench.data.TextForm;
import io.tapline.bench.task.Child;
import io.tapline.local.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The whole way of an export, as {@code tapline push} goes it: embedded S3 and SQS, the built-in
 * CleverTap, ten calls at once.
 */
final class WholePush {

  /** Calls at once. */
  static final int THREADS = 10;

  /** As the launcher script starts it, but for its archive of classes. */
  static final List<String> OPTIONS =
      List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Workbench bench;
  private final Path folder;
  private final Path export;
  private final Path sync;

  /**
   * How a push went.
   *
   * @param rate rows a second from the begin of the first chunk to the end of the last one, as
   *     their outcomes tell it
   * @param seconds from the start of the JVM to its end
   */
  record Pushed(double rate, double seconds) {}

  /** Makes an export of profiles. */
  WholePush(Workbench bench) throws IOException {
    this.bench = bench;
    this.folder = Files.createDirectories(bench.folder().resolve("whole-way"));
    this.export = folder.resolve("rows" + TextForm.CSV.ending() + Packed.ENDING);
    this.sync = folder.resolve("bench.json");
    Files.writeString(sync, Shape.PROFILES.settings(THREADS, true));
    FileContent.write(
        new GeneratedText(Shape.PROFILES, TextForm.CSV, bench.sizes().pushedRows()), export, true);
  }

  /** Pushes it, with nothing left of an earlier push. */
  Pushed push(List<String> options, Duration latency) throws IOException, InterruptedException {
    bench.say("push with a latency of %d ms".formatted(latency.toMillis()));
    Path work = folder.resolve("work");
    List<String> arguments =
        List.of(
            "push",
            export.toString(),
            "--sync",
            sync.toString(),
            "--work",
            work.toString(),
            "--faults",
            "latency=" + latency.toMillis() + "ms");
    long start = System.nanoTime();
    Child.Ended ended = Child.java(options, Main.class.getName(), arguments);
    double seconds = (System.nanoTime() - start) / 1e9;
    if (ended.exitCode() != 0) {
      throw new IllegalStateException("push failed: " + ended.output());
    }
    double rate = rate(work);
    Folders.delete(work);
    return new Pushed(rate, seconds);
  }

  private static double rate(Path work) throws IOException {
    Instant first = Instant.MAX;
    Instant last = Instant.MIN;
    long rows = 0;
    for (Path file : outcomes(work)) {
      JsonNode outcome = JSON.readTree(file.toFile());
      Instant start = Instant.parse(outcome.required("startedAt").asText());
      Instant end = Instant.parse(outcome.required("finishedAt").asText());
      first = start.isBefore(first) ? start : first;
      last = end.isAfter(last) ? end : last;
      rows += outcome.required("rows").required("accepted").asLong();
    }
    return rows / (Duration.between(first, last).toNanos() / 1e9);
  }

  private static List<Path> outcomes(Path work) throws IOException {
    try (Stream<Path> files = Files.walk(work)) {
      return files
          .filter(file -> file.toString().contains("/outcomes/"))
          .filter(Files::isRegularFile)
          .toList();
    }
  }
}
