package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.report.Report;
import io.tapline.report.Report.Status;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A user's rows arrive in the order of the export, over as many calls at once as lanes. */
class PushOrderTest {

  private static final int USERS = 30;
  private static final int ROWS_EACH = 400;

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

  @ParameterizedTest(name = "{0} lanes, {1}")
  @CsvSource({
    "1,  USER_PROFILES, 0, 'latency=20ms'",
    "5,  USER_PROFILES, 0, 'latency=20ms,429=0.1,503=0.05'",
    "10, USER_PROFILES, 0, 'latency=20ms'",
    "5,  USER_PROFILES, 8, 'latency=20ms'", // 4 KB a row: chunks end at 4 MiB
    "10, USER_EVENTS,   0, 'latency=20ms,429=0.1,503=0.05'",
  })
  void keepsTheOrderOfEachUser(int lanes, String target, int longColumns, String faults) {
    boolean events = target.equals("USER_EVENTS");
    Path file = folder.resolve(target + lanes + longColumns + ".csv");
    test.cleverTap(faults);

    Report report =
        test.push(
            events
                ? Exports.events(file, USERS, ROWS_EACH)
                : Exports.profiles(file, USERS, ROWS_EACH, longColumns),
            "order-" + lanes + longColumns,
            """
            {"connection": "stand-in", "prefix": "order/", "target": "%s", %s "threadCount": %d,
             "retry": {"attempts": 10, "firstDelay": "10ms", "maxDelay": "50ms"}}
            """
                .formatted(target, events ? "" : Exports.PROFILES, lanes));

    assertThat(report.status()).isEqualTo(Status.COMPLETED);
    Map<String, Integer> last = new HashMap<>();
    test.received()
        .forEach(
            record -> {
              int expected = last.merge(Exports.user(record), 0, (before, first) -> before + 1);
              assertThat(Exports.seq(record)).isEqualTo(expected);
            });
    assertThat(last.values()).hasSize(USERS).containsOnly(ROWS_EACH - 1);
    assertThat(test.stats().maxConcurrency().get("/1/upload")).isBetween(1, lanes);
  }
}
