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

  private static String users() {
    return IntStream.range(0, ROWS)
        .mapToObj("u-%d"::formatted)
        .collect(Collectors.joining("\n", "identity\n", "\n"));
  }
}
