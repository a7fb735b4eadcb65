package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.local.standin.StandInStats;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two syncs of one account, each with ten threads, make no more calls at once than it takes. */
class CallsAtOnceTest {

  private static final int ROWS = 2000;

  /** A hundred a call. */
  private static final int TOKENS = 10_000;

  @TempDir private static Path folder;
  private static TestMachine test;

  @BeforeAll
  static void start() {
    test = new TestMachine(folder.resolve("work"));
  }

  @AfterAll
  static void stop() {
    test.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "the account cap of an installation,  UPLOAD_USER_PROFILES, /1/upload,                10",
    "CleverTap's own limit for demerging, DEMERGE_USER_PROFILE, /1/demerge/profiles.json, 3",
  })
  void areNoMoreThanTheAccountTakes(String rule, String operation, String path, int most) {
    test.cleverTap("latency=100ms");
    for (String name : new String[] {operation + "-1", operation + "-2"}) {
      test.putSync(
          name,
          """
          {"connection": "stand-in", "prefix": "%s/", "target": "USER_PROFILES",
           "operation": "%s", "threadCount": 10}
          """
              .formatted(name, operation));
      test.arrive(name + "/export.csv", users());
    }

    test.workUntilAllIsOver();

    StandInStats stats = test.stats();
    assertThat(stats.maxConcurrency().get(path)).isBetween(2, most);
    assertThat(stats.callsByStatus()).isEqualTo(Map.of(200, stats.calls()));
    assertThat(test.received()).hasSize(2 * ROWS);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a sync's threads,                            1, 4,  4",
    "ten threads,                                 1, 10, 10",
    "the account cap over two syncs of ten each,  2, 10, 10",
  })
  void areNoMoreThoughManyAreRefused(String rule, int syncs, int threads, int most) {
    test.cleverTap("latency=20ms,429=0.3,500-before=0.05,500-after=0.05");
    for (int i = 0; i < syncs; i++) {
      String name = "refused-%d-%d-%d".formatted(syncs, threads, i);
      test.putSync(
          name,
          """
          {"connection": "stand-in", "prefix": "%s/", "target": "USER_PROFILES",
           "operation": "UPLOAD_DEVICE_TOKENS", "threadCount": %d,
           "retry": {"attempts": 6, "firstDelay": "20ms"}}
          """
              .formatted(name, threads));
      test.arrive(name + "/export.csv", tokens());
    }

    test.workUntilAllIsOver();

    StandInStats stats = test.stats();
    assertThat(stats.maxConcurrency().get("/1/upload")).isBetween(2, most);
    assertThat(stats.callsByStatus().get(429)).isPositive();
    assertThat(stats.callsByStatus().get(500)).isPositive();
    assertThat(test.received().stream().distinct()).hasSize(TOKENS);
  }

  private static String users() {
    return IntStream.range(0, ROWS)
        .mapToObj("u-%d"::formatted)
        .collect(Collectors.joining("\n", "identity\n", "\n"));
  }

  private static String tokens() {
    return IntStream.range(0, TOKENS)
        .mapToObj("o-%1$d,t-%1$d,fcm"::formatted)
        .collect(Collectors.joining("\n", "objectId,id,type\n", "\n"));
  }
}
