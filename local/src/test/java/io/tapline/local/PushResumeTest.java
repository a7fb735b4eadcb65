package io.tapline.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapline.aws.ObjectVersion;
import io.tapline.job.Installation;
import io.tapline.ledger.Claim;
import io.tapline.ledger.JobId;
import io.tapline.ledger.OpenRun;
import io.tapline.local.standin.Faults;
import io.tapline.local.standin.StandIn;
import io.tapline.local.standin.StandInOptions;
import io.tapline.report.Report;
import io.tapline.report.Report.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A machine that stops in the middle of a push, and the push of the same file on the next one. */
class PushResumeTest {

  private static final int USERS = 30;
  private static final int ROWS_EACH = 600;
  private static final List<String> ROWS = Exports.rows(USERS, ROWS_EACH);

  @TempDir private Path folder;

  /** A power cut leaves calls whose outcome nobody knows; what is safe to repeat is repeated. */
  @Test
  void losesNoProfileInAPowerCut() throws Exception {
    Path export = Exports.profiles(folder.resolve("export.csv"), USERS, ROWS_EACH);
    String settings =
        """
        {"connection": "prod", "prefix": "cut/", "target": "USER_PROFILES", %s "threadCount": 3}
        """
            .formatted(Exports.PROFILES);
    Path syncFile = Files.writeString(folder.resolve("cut.json"), settings);
    List<JsonNode> received = Collections.synchronizedList(new ArrayList<>());
    try (StandIn cleverTap =
            StandIn.start(
                StandInOptions.builder()
                    .faults(Faults.parse("latency=100ms"))
                    .recorder((kind, record) -> received.add(record))
                    .build());
        ChildCommand push = push(export, syncFile, cleverTap)) {
      while (cleverTap.stats().calls() < 4) {
        assertThat(push.isAlive()).as(push.output()).isTrue();
        Thread.sleep(5);
      }
      push.kill();
    }
    assertThat(received).hasSizeBetween(4000, ROWS.size() - 1000);

    try (TestMachine second = new TestMachine(folder.resolve("work"))) {
      second.cleverTap("");
      Report report = second.push(export, "cut", settings);

      assertThat(report.status()).isEqualTo(Status.COMPLETED);
      assertThat(report.rows().accepted()).isEqualTo(ROWS.size());
      received.addAll(second.received());
      assertThat(received.stream().map(Exports::row).distinct().toList())
          .containsExactlyInAnyOrderElementsOf(ROWS);
      // At most the calls under way were made again, one a lane, and in order.
      assertThat(received.size() - ROWS.size()).isLessThanOrEqualTo(3 * 1000);
      Map<String, Integer> last = new HashMap<>();
      received.forEach(record -> last.put(Exports.user(record), Exports.seq(record)));
      assertThat(last.values()).hasSize(USERS).containsOnly(ROWS_EACH - 1);
    }
  }

  /** A call that was under way is nobody's any more: its events are not waited for. */
  @Test
  void goesOnAtOnceWithEventsAfterAPowerCut() throws Exception {
    Path export = Exports.events(folder.resolve("export.csv"), USERS, 1);
    String settings =
        """
        {"connection": "prod", "prefix": "cut/", "target": "USER_EVENTS", "threadCount": 1}
        """;
    Path syncFile = Files.writeString(folder.resolve("cut.json"), settings);
    try (StandIn cleverTap =
            StandIn.start(StandInOptions.builder().faults(Faults.parse("hang-after=#1")).build());
        ChildCommand push = push(export, syncFile, cleverTap)) {
      while (cleverTap.stats().calls() < 1) {
        assertThat(push.isAlive()).as(push.output()).isTrue();
        Thread.sleep(5);
      }
      push.kill();
    }

    try (TestMachine second = new TestMachine(folder.resolve("work"))) {
      second.cleverTap("");
      Report report = second.push(export, "cut", settings);

      assertThat(report.status()).isEqualTo(Status.COMPLETED);
      assertThat(report.rows().accepted()).isEqualTo(USERS);
      assertThat(report.sentAgainAfterUnknown()).isEqualTo(USERS);
      assertThat(second.log())
          .filteredOn(line -> line.contains("\"what\":\"later\""))
          .allMatch(line -> line.contains("\"seconds\":5"));
    }
  }

  /** Its marker would keep newer jobs of its sync waiting. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "before its claim,                          false, true",
    "after its claim,                           true, true",
    "after its claim; its export was taken away, true, false"
  })
  void goesOnThoughAnOpeningWasBrokenOff(String when, boolean claimed, boolean exported) {
    String settings =
        """
        {"connection": "stand-in", "prefix": "half/", "target": "USER_PROFILES", %s "threadCount": 1}
        """
            .formatted(Exports.PROFILES);
    Path export = Exports.profiles(folder.resolve("export.csv"), 2, 1);
    try (TestMachine test = new TestMachine(folder.resolve("work"))) {
      test.cleverTap("");
      OpenRun marker = halfOpen(test, claimed);
      if (!exported) {
        test.installation().store().delete(test.machine().exportBucket(), "half/older.csv");
      }

      Report report = test.push(export, "half", settings);

      assertThat(report.status()).isEqualTo(Status.COMPLETED);
      assertThat(test.received())
          .extracting(Exports::user)
          .containsExactlyElementsOf(
              claimed && exported ? List.of("older", "u-0", "u-1") : List.of("u-0", "u-1"));
      assertThat(test.installation().ledger().isOpen(marker)).isFalse();
    }
  }

  /** Opens a job until its marker or its claim, as a machine does that stops there. */
  private static OpenRun halfOpen(TestMachine test, boolean claimed) {
    String bucket = test.machine().exportBucket();
    Installation installation = test.installation();
    installation.store().put(bucket, "half/older.csv", "identity\nolder\n".getBytes(UTF_8));
    ObjectVersion version = installation.store().head(bucket, "half/older.csv", null).orElseThrow();
    OpenRun marker = new OpenRun("half", JobId.of(version), 1);
    installation.ledger().putOpen(marker);
    if (claimed) {
      Claim claim = new Claim("half", bucket, version.key(), null, installation.clock().instant());
      installation.ledger().putClaim(marker.job(), claim);
    }
    // Jobs go by the second of their exports.
    while (!installation.clock().instant().isAfter(version.lastModified().plusSeconds(1))) {
      installation.clock().sleep(Duration.ofMillis(50));
    }
    return marker;
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"USER_PROFILES", "USER_EVENTS"})
  void goesOnWithTheChunksThatAreOpen(String target) throws Exception {
    boolean events = target.equals("USER_EVENTS");
    Path file = folder.resolve("export.csv");
    String settings =
        """
        {"connection": "stand-in", "prefix": "resume/", "target": "%s", %s "threadCount": 3}
        """
            .formatted(target, events ? "" : Exports.PROFILES);
    Path export =
        events ? Exports.events(file, USERS, ROWS_EACH) : Exports.profiles(file, USERS, ROWS_EACH);
    List<String> received;
    try (TestMachine first = new TestMachine(folder.resolve("work"))) {
      first.cleverTap("latency=100ms");
      FutureTask<Report> push = new FutureTask<>(() -> first.push(export, "resume", settings));
      // Not in the common pool: the HTTP client of the calls needs that.
      Thread.ofPlatform().start(push);
      while (first.stats().calls() < 4) {
        Thread.sleep(5);
      }
      first.machine().close(); // lets the calls under way end
      assertThatThrownBy(push::get).isNotNull();
      received = first.received().stream().map(Exports::row).toList();
    }
    assertThat(received).hasSizeBetween(4000, ROWS.size() - 1000).doesNotHaveDuplicates();

    try (TestMachine second = new TestMachine(folder.resolve("work"))) {
      second.cleverTap("");
      Report report = second.push(export, "resume", settings);

      assertThat(report.status()).isEqualTo(Status.COMPLETED);
      assertThat(report.rows().accepted()).isEqualTo(ROWS.size());
      Set<String> all = new HashSet<>(received);
      second.received().forEach(record -> all.add(Exports.row(record)));
      assertThat(all).isEqualTo(Set.copyOf(ROWS));
      assertThat(received.size() + second.received().size()).isEqualTo(ROWS.size());

      assertThatThrownBy(() -> second.push(export, "resume", settings))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining(report.job())
          .hasMessageContaining("--again");
    }
  }

  /** A push in a process of its own, which can be killed. */
  private ChildCommand push(Path export, Path syncFile, StandIn cleverTap) throws IOException {
    return ChildCommand.tapline(
        folder,
        Map.of("TAPLINE_CONNECTION_PROD", Pushes.connection(cleverTap)),
        "push",
        export.toString(),
        "--sync",
        syncFile.toString(),
        "--work",
        folder.resolve("work").toString());
  }
}
