package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.tapline.aws.Clock;
import io.tapline.aws.ObjectVersion;
import io.tapline.aws.Page;
import io.tapline.chunk.ChunkId;
import io.tapline.chunk.ChunkMessage;
import io.tapline.job.Arrival;
import io.tapline.job.Opened;
import io.tapline.job.Opening;
import io.tapline.ledger.JobId;
import io.tapline.ledger.Ledger;
import io.tapline.report.Report;
import io.tapline.report.Report.Status;
import io.tapline.worker.WorkerHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** Events come twice, at once and out of order; each export is pushed once and in its turn. */
class PushOnceTest {

  private static final int USERS = 20;
  private static final int ROWS_EACH = 50;
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  @TempDir private static Path folder;
  private static TestMachine test;
  private static OneMachine machine;
  private static Ledger ledger;
  private static int syncs;

  private String sync;

  @BeforeAll
  static void start() {
    test = new TestMachine(folder.resolve("work"));
    machine = test.machine();
    ledger = test.installation().ledger();
  }

  @AfterAll
  static void stop() {
    test.close();
  }

  @BeforeEach
  void begin() {
    test.cleverTap("");
    sync = "once-" + ++syncs;
  }

  @Test
  void anEventThatComesAgain() throws Exception {
    putSync("USER_EVENTS", 5);
    ObjectVersion export = putExport("a.csv", NOON, 0);

    machine.split(notification(export));
    machine.split(notification(export));
    finish();

    assertThatAllArrivedOnce(export, 0);
  }

  @Test
  void anEventThatComesTwiceAtOnce() throws Exception {
    putSync("USER_EVENTS", 5);
    ObjectVersion export = putExport("a.csv", NOON, 0);

    machine.startWorkers();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> splits = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        splits.add(threads.submit(() -> machine.split(notification(export))));
      }
      for (Future<?> split : splits) {
        split.get();
      }
    }
    finish();

    assertThatAllArrivedOnce(export, 0);
  }

  @Test
  void anEventThatComesWhenItsJobIsClosed() throws Exception {
    putSync("USER_EVENTS", 5);
    ObjectVersion export = putExport("a.csv", NOON, 0);
    machine.split(notification(export));
    finish();
    List<String> before = workObjects();

    machine.split(notification(export));
    Opened opened =
        new Opening(test.installation())
            .open(new Arrival(export.bucket(), export.key(), null, null));

    assertThat(opened).isEqualTo(new Opened.Over(JobId.of(export)));
    assertThat(workObjects()).isEqualTo(before);
    assertThatAllArrivedOnce(export, 0);
  }

  @Test
  void bothKindsOfEventsOfOneExport() throws Exception {
    putSync("USER_EVENTS", 5);
    ObjectVersion export = putExport("ä b+c.csv", NOON, 0);

    machine.split(eventBridge(export));
    machine.split(notification(export));
    finish();
    machine.split(eventBridge(export));
    finish();

    assertThatAllArrivedOnce(export, 0);
  }

  @Test
  void anExportThatIsReadByItsSweepWhileItsEventIsUnderWay() throws Exception {
    putSync("USER_EVENTS", 5);
    ObjectVersion export = putExport("a.csv", NOON, 0);
    machine.split(notification(export));

    machine.split(SplitterEvents.goOn(sync, JobId.of(export)));
    finish();

    assertThatAllArrivedOnce(export, 0);
  }

  @Test
  void aChunkWhoseMessageComesAgain() throws Exception {
    putSync("USER_EVENTS", 1);
    ObjectVersion export = putExport("a.csv", NOON, 0);
    machine.split(notification(export));
    finish();
    long calls = test.stats().calls();

    ChunkMessage message = ChunkMessage.of(sync, JobId.of(export), 1, new ChunkId(0, 0));
    var answer =
        new WorkerHandler("test", test.installation(), 100)
            .handleRequest(
                event(message),
                LocalContext.begin("worker", Duration.ofMinutes(2), Clock.system(), line -> {}));

    assertThat(answer.getBatchItemFailures()).isEmpty();
    assertThat(test.stats().calls()).isEqualTo(calls);
    assertThatAllArrivedOnce(export, 0);
  }

  @ParameterizedTest(name = "{0} lanes in the newer one")
  @ValueSource(ints = {5, 3})
  void theOlderOfTwoExportsGoesFirst(int newerLanes) throws Exception {
    putSync("USER_PROFILES", 5);
    ObjectVersion older = putExport("older.csv", NOON, 0);
    ObjectVersion newer = putExport("newer.csv", NOON.plusSeconds(1), ROWS_EACH);
    new Opening(test.installation()).open(new Arrival(older.bucket(), older.key(), null, null));
    putSync("USER_PROFILES", newerLanes);

    machine.split(notification(newer));
    machine.finish();
    assertThat(isReleased(newer)).isFalse();
    machine.split(notification(older));
    assertThat(isReleased(older)).isTrue();
    finish();

    assertThat(report(older).status()).isEqualTo(Status.COMPLETED);
    assertThat(report(newer).status()).isEqualTo(Status.COMPLETED);
    assertThatOrderIsKept(2 * ROWS_EACH);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"USER_PROFILES", "USER_EVENTS"})
  void anOlderExportWhoseEventIsLate(String target) throws Exception {
    putSync(target, 5);
    ObjectVersion older = putExport("older.csv", NOON, 0);
    ObjectVersion newer = putExport("newer.csv", NOON.plusSeconds(1), ROWS_EACH);

    machine.split(notification(newer));
    finish();
    machine.split(notification(older));
    finish();

    assertThat(report(newer).status()).isEqualTo(Status.COMPLETED);
    Report late = report(older);
    if (target.equals("USER_EVENTS")) {
      assertThat(late.status()).isEqualTo(Status.COMPLETED);
      assertThat(test.received()).hasSize(2 * USERS * ROWS_EACH);
    } else {
      assertThat(late.status()).isEqualTo(Status.STOPPED);
      assertThat(late.stopped().code()).isEqualTo("STALE");
      assertThat(late.rows().notSent()).isEqualTo(USERS * ROWS_EACH);
      assertThat(test.received()).hasSize(USERS * ROWS_EACH);
    }
  }

  @Test
  void anExportThatIsOverwrittenBeforeItIsReadIsNotMixedUp() throws Exception {
    putSync("USER_EVENTS", 5);
    ObjectVersion first = putExport("a.csv", NOON, 0);
    ObjectVersion second = putExport("a.csv", NOON.plusSeconds(1), ROWS_EACH);

    machine.split(notification(first));
    machine.split(notification(second));
    finish();

    assertThat(test.log()).anyMatch(line -> line.contains("EXPORT_OVERWRITTEN"));
    assertThatAllArrivedOnce(second, ROWS_EACH);
  }

  private void putSync(String target, int lanes) {
    String settings =
        """
        {"connection": "stand-in", "prefix": "%s/", "target": "%s", %s "threadCount": %d}
        """
            .formatted(sync, target, target.equals("USER_EVENTS") ? "" : Exports.PROFILES, lanes);
    ledger.putSyncFile(sync, settings.getBytes(StandardCharsets.UTF_8));
  }

  /** Puts an export of events or profiles whose {@code seq} begins at {@code firstSeq}. */
  private ObjectVersion putExport(String name, Instant lastModified, int firstSeq)
      throws Exception {
    String key = sync + "/" + name;
    StringBuilder csv = new StringBuilder("identity,evtname,seq\n");
    for (int seq = firstSeq; seq < firstSeq + ROWS_EACH; seq++) {
      for (int user = 0; user < USERS; user++) {
        csv.append("u-%d,Viewed,%d\n".formatted(user, seq));
      }
    }
    var store = test.installation().store();
    store.put(machine.exportBucket(), key, csv.toString().getBytes(StandardCharsets.UTF_8));
    Path file = folder.resolve("work").resolve(machine.exportBucket()).resolve(key);
    Files.setLastModifiedTime(file, FileTime.from(lastModified));
    ObjectVersion export = store.head(machine.exportBucket(), key, null).orElseThrow();
    assertThat(export.lastModified()).isEqualTo(lastModified);
    return export;
  }

  private static byte[] notification(ObjectVersion export) {
    return SplitterEvents.objectCreated(export.bucket(), export.key(), export.etag());
  }

  private static byte[] eventBridge(ObjectVersion export) {
    return """
    {"version": "0", "source": "aws.s3", "detail-type": "Object Created", "region": "us-east-1",
     "detail": {"version": "0", "bucket": {"name": "%s"},
       "object": {"key": "%s", "size": %d, "etag": "%s"}, "reason": "PutObject"}}
    """
        .formatted(export.bucket(), export.key(), export.size(), export.etag().replace("\"", ""))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static SQSEvent event(ChunkMessage message) {
    return new SqsEvents("arn:aws:sqs:us-east-1:000000000000:tapline-chunks.fifo")
        .of(
            Message.builder()
                .messageId("again")
                .receiptHandle("again")
                .body(message.toJson())
                .attributes(
                    Map.of(
                        MessageSystemAttributeName.MESSAGE_GROUP_ID,
                        message.group(message.sync()),
                        MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                        "2"))
                .build());
  }

  /** Lets workers and finalizer work until no run is open. */
  private static void finish() {
    machine.startWorkers();
    while (!ledger.openRuns().isEmpty()) {
      machine.finish();
      Clock.system().sleep(Duration.ofMillis(20));
    }
  }

  private Report report(ObjectVersion export) {
    return Report.parse(ledger.job(sync, JobId.of(export)).report("report.json").orElseThrow());
  }

  private boolean isReleased(ObjectVersion export) {
    return ledger.job(sync, JobId.of(export)).run(1).latestReleased().isPresent();
  }

  private static List<String> workObjects() {
    List<String> keys = new ArrayList<>();
    String after = null;
    do {
      Page<String> page = test.installation().store().list("tapline-work", "", after);
      keys.addAll(page.items());
      after = page.next();
    } while (after != null);
    return keys;
  }

  private void assertThatAllArrivedOnce(ObjectVersion export, int firstSeq) {
    Report report = report(export);
    assertThat(report.status()).isEqualTo(Status.COMPLETED);
    assertThat(report.rows().accepted()).isEqualTo(USERS * ROWS_EACH);
    assertThat(test.received().stream().map(Exports::row))
        .doesNotHaveDuplicates()
        .hasSize(USERS * ROWS_EACH);
    assertThat(test.received()).allMatch(record -> Exports.seq(record) >= firstSeq);
    assertThat(report.calls().total()).isEqualTo(test.stats().calls());
  }

  private static void assertThatOrderIsKept(int rowsEach) {
    Map<String, Integer> last = new HashMap<>();
    test.received()
        .forEach(
            record -> {
              int expected = last.merge(Exports.user(record), 0, (before, first) -> before + 1);
              assertThat(Exports.seq(record)).isEqualTo(expected);
            });
    assertThat(last.values()).hasSize(USERS).containsOnly(rowsEach - 1);
  }
}
