package io.tapline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Each JMH benchmark runs; how fast does not matter here. */
class HotPathsTest {

  @Test
  void runOnce() throws Exception {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("io\\.tapline\\.bench\\.hot\\..*")
                    .mode(Mode.SingleShotTime)
                    .forks(0)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    assertThat(results)
        .extracting(result -> result.getParams().getBenchmark().replaceAll(".*\\.hot\\.", ""))
        .contains(
            "ChunkBenchmark.read",
            "ChunkBenchmark.write",
            "InflatingBenchmark.inflate",
            "MappingBenchmark.map",
            "PushBenchmark.push",
            "ReadingBenchmark.read",
            "StagingBenchmark.stage");
  }
}
