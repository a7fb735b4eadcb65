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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The whole way on one machine, as {@code tapline push} goes it: embedded S3 and SQS, the built-in
 * CleverTap, ten calls at once. Pushing is the time from the begin of the first chunk to the end of
 * the last one, as their outcomes tell it.
 */
final class WholeWayMeasurement implements Measurement {

  private static final int THREADS = 10;

  /** As the launcher script starts it. */
  private static final List<String> OPTIONS = List.of("-Xmx512m");

  private static final Duration LATENCY = Duration.ofMillis(200);

  /** What ten calls of 1000 records at once come to, at that latency. */
  private static final double LIMIT = THREADS * 1000 / 0.2;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final List<Double> share = new ArrayList<>();
  private final List<Double> withLatency = new ArrayList<>();
  private final List<Double> without = new ArrayList<>();
  private final List<Double> seconds = new ArrayList<>();

  /**
   * A push.
   *
   * @param rate rows a second while pushing
   * @param seconds from the start of the JVM to its end
   */
  private record Pushed(double rate, double seconds) {}

  @Override
  public Section measure(Workbench bench) throws IOException, InterruptedException {
    Path folder = bench.folder().resolve("whole-way");
    Files.createDirectories(folder);
    Path export = folder.resolve("rows" + TextForm.CSV.ending() + Packed.ENDING);
    FileContent.write(
        new GeneratedText(Shape.PROFILES, TextForm.CSV, bench.sizes().pushedRows()), export, true);
    Path sync = folder.resolve("bench.json");
    Files.writeString(sync, Shape.PROFILES.settings(THREADS, true));
    for (int round = 1; round <= bench.sizes().runs(); round++) {
      Pushed slow = push(bench, export, sync, "latency=" + LATENCY.toMillis() + "ms");
      Pushed fast = push(bench, export, sync, "latency=0ms");
      withLatency.add(slow.rate);
      share.add(slow.rate / LIMIT);
      without.add(fast.rate);
      seconds.add(fast.seconds);
    }
    Folders.delete(folder);
    return new Section(
        "The whole way on one machine",
        List.of(
            Line.of(
                "rows a second at 200 ms latency, share of 50,000",
                share,
                "%.2f",
                Target.atLeast(0.9)),
            Line.of("rows a second at 200 ms latency", withLatency, "%,.0f"),
            Line.of("rows a second without latency", without, "%,.0f", Target.atLeast(LIMIT)),
            Line.of("from start to end without latency", seconds, "%.1f s")));
  }

  private static Pushed push(Workbench bench, Path export, Path sync, String faults)
      throws IOException, InterruptedException {
    bench.say("push with " + faults);
    Path work = export.resolveSibling("work");
    List<String> arguments =
        List.of(
            "push",
            export.toString(),
            "--sync",
            sync.toString(),
            "--work",
            work.toString(),
            "--faults",
            faults);
    long start = System.nanoTime();
    Child.Ended ended = Child.java(OPTIONS, Main.class.getName(), arguments);
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
