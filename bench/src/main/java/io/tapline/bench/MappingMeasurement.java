package io.tapline.bench;

import io.tapline.bench.data.Shape;
import io.tapline.bench.hot.MappingBenchmark;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** How many rows a second become checked JSON, on one core that is warm. */
final class MappingMeasurement implements Measurement {

  private static final Map<Shape, Target> TARGETS =
      Map.of(
          Shape.PROFILES, Target.atLeast(300_000),
          Shape.EVENTS, Target.atLeast(500_000),
          Shape.CHARGED, Target.atLeast(200_000));

  @Override
  public Section measure(Workbench bench) {
    List<Line> lines = new ArrayList<>();
    for (RunResult result : run(bench)) {
      Shape shape = Shape.valueOf(result.getParams().getParam("shape"));
      lines.add(
          Line.of(
              shape.name().toLowerCase(Locale.ROOT) + ", rows a second",
              values(result),
              "%,.0f",
              Objects.requireNonNull(TARGETS.get(shape))));
    }
    return new Section("Rows to JSON", lines);
  }

  private static Collection<RunResult> run(Workbench bench) {
    bench.say("rows to JSON, by JMH");
    boolean isQuick = bench.sizes().equals(Sizes.QUICK);
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(MappingBenchmark.class.getName())
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true)
        .forks(isQuick ? 0 : bench.sizes().runs())
        .warmupIterations(isQuick ? 0 : 5)
        .measurementIterations(isQuick ? 1 : 3)
        .warmupTime(TimeValue.seconds(1))
        .measurementTime(isQuick ? TimeValue.milliseconds(1) : TimeValue.seconds(1))
        .jvmArgs("-Xmx256m", "-XX:+UseSerialGC");
    try {
      return new Runner(options.build()).run();
    } catch (RunnerException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The mean of each JVM. */
  private static List<Double> values(RunResult result) {
    return result.getBenchmarkResults().stream()
        .map(jvm -> jvm.getPrimaryResult().getScore())
        .toList();
  }
}
