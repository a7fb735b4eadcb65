package io.tapline.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.aws.ObjectStore;
import io.tapline.local.standin.StandIn;
import io.tapline.local.standin.StandInOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The functions as they run until they are ended, and after that once more. */
class RehearsalTest {

  private static final String SYNC =
      """
      {"connection": "prod", "prefix": "vip/", "target": "USER_EVENTS", "threadCount": 2}
      """;

  private static final String EXPORT = "identity,evtName\nada,Seen\ngrace,Seen\n";

  private final BlockingQueue<byte[]> arrivals = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  @TempDir private Path folder;

  private StandIn standIn;

  @BeforeEach
  void startStandIn() {
    standIn = StandIn.start(StandInOptions.defaults());
  }

  @AfterEach
  void closeStandIn() {
    standIn.close();
  }

  @Test
  void goesOnWhereAnEarlierOneEnded() throws Exception {
    try (OneMachine machine = machine()) {
      machine.installation().ledger().putSyncFile("vip", SYNC.getBytes(UTF_8));
      machine.split(put(machine, "vip/queued.csv", EXPORT));
      put(machine, "vip/unseen.csv", EXPORT);
    }

    try (OneMachine machine = machine();
        Rehearsal rehearsal = new Rehearsal(machine, arrivals, told::add)) {
      rehearsal.start();

      List<String> first = await(": COMPLETED, 2 of 2 rows accepted");
      List<String> second = await(": COMPLETED, 2 of 2 rows accepted");

      assertThat(first.getFirst()).startsWith("job ").endsWith("(sync vip): going on");
      assertThat(String.join("\n", first) + String.join("\n", second))
          .contains("vip/unseen.csv: job ");
    }
    assertThat(standIn.stats().accepted().values()).containsExactly(4L);
  }

  @Test
  void tellsOfExportsThatAreNotPushed() throws Exception {
    try (OneMachine machine = machine();
        Rehearsal rehearsal = new Rehearsal(machine, arrivals, told::add)) {
      machine.installation().ledger().putSyncFile("vip", SYNC.getBytes(UTF_8));
      rehearsal.start();

      arrivals.add(put(machine, "other/1.csv", EXPORT));
      await("other/1.csv: ignored, NO_SYNC");
      arrivals.add(put(machine, "vip/empty.csv", ""));
      await(" is stopped, ");
      await(": STOPPED, 0 of 0 rows accepted");
      arrivals.add("{}".getBytes(UTF_8));
      await("failed: IllegalArgumentException: ");
      arrivals.add(put(machine, "vip/1.csv", EXPORT));
      await(": COMPLETED, 2 of 2 rows accepted");
    }
  }

  private OneMachine machine() {
    return OneMachine.start(
        folder.resolve("work"), Map.of(), new StandInConnections(standIn), line -> {});
  }

  /** Puts an export, and makes the event of it. */
  private static byte[] put(OneMachine machine, String key, String export) {
    ObjectStore store = machine.installation().store();
    store.put(machine.exportBucket(), key, export.getBytes(UTF_8));
    return SplitterEvents.objectCreated(machine.exportBucket(), key, "");
  }

  /** What was told until it held this, the line that holds it included. */
  private List<String> await(String part) throws InterruptedException {
    List<String> lines = new ArrayList<>();
    do {
      String line = told.poll(2, TimeUnit.MINUTES);
      assertThat(line).as("a line with \"%s\" after %s", part, lines).isNotNull();
      lines.add(line);
    } while (!lines.getLast().contains(part));
    return lines;
  }
}
