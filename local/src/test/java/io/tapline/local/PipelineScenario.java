package io.tapline.local;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapline.aws.MessageQueue.Message;
import io.tapline.chunk.ChunkId;
import io.tapline.chunk.ChunkMessage;
import io.tapline.ledger.OpenRun;
import io.tapline.ledger.RowCounts;
import io.tapline.local.standin.Segment;
import io.tapline.report.Report;
import io.tapline.report.Report.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Profiles, events and a custom list on their whole way, over the S3 and the SQS that the
 * environment names. Each export has a bad row; the news of it comes three times, and its first
 * chunk twice. A process of its own, since the SDK reads its endpoint from the environment.
 */
final class PipelineScenario {

  private static final int USERS = 600;
  private static final int ROWS_EACH = 3;
  private static final int MEMBERS = 2_500;
  private static final Duration POLL = Duration.ofMillis(20);

  private final TestMachine test;
  private final Path folder;

  /** Told apart from those of an earlier process, whose jobs may still be there. */
  private final String suffix = "-" + System.currentTimeMillis();

  private PipelineScenario(TestMachine test, Path folder) {
    this.test = test;
    this.folder = folder;
  }

  /** Plays it in the folder that is its argument; fails where anything is not as it should be. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    try (TestMachine test = new TestMachine(folder, System.getenv())) {
      test.cleverTap("");
      new PipelineScenario(test, folder).play();
    }
  }

  /**
   * Plays it in a process of its own.
   *
   * @param folder where its exports and its output go
   * @param environment names an S3 and an SQS, and the keys to them
   */
  static void playAt(Path folder, Map<String, String> environment) throws Exception {
    try (ChildCommand scenario =
        ChildCommand.java(
            folder,
            environment,
            List.of("-Xmx512m"),
            PipelineScenario.class.getName(),
            folder.toString())) {
      assertThat(scenario.exitCode()).as(scenario.output()).isZero();
    }
  }

  private void play() throws IOException {
    arrive(
        "profiles",
        "\"target\": \"USER_PROFILES\", \"operation\": \"UPLOAD_USER_PROFILES\"",
        Files.readString(Exports.profiles(folder.resolve("profiles.csv"), USERS, ROWS_EACH))
            + "none,0,Pune\n");
    arrive(
        "events",
        "\"target\": \"USER_EVENTS\"",
        Files.readString(Exports.events(folder.resolve("events.csv"), USERS, ROWS_EACH))
            + "Viewed,none,0\n");
    arrive(
        "list",
        """
        "target": "CUSTOM_LIST", "customList": {"name": "VIPs", "userEmail": "admin@example.com",
          "mode": "CREATE_NEW_SEGMENT"}\
        """,
        IntStream.range(0, MEMBERS)
            .mapToObj(i -> "i,u-" + i + "\n")
            .collect(Collectors.joining("", "type,identity\n", "x,bad\n")));
    Map<String, OpenRun> runs = openRuns();
    assertThat(runs).hasSize(3);

    runs.values().forEach(this::queueOnceMore);
    test.workUntilAllIsOver();
    long chunks = runs.values().stream().mapToLong(run -> report(run).chunks().total()).sum();
    while (test.machine().chunksDone() < chunks + runs.size()) {
      test.installation().clock().sleep(POLL);
    }
    runs.keySet().forEach(this::tellOf);

    assertThat(openRuns()).isEmpty();
    runs.forEach((sync, run) -> checkReport(report(run), sync.startsWith("list")));
    checkRecords("profile");
    checkRecords("event");
    assertThat(test.segments()).hasSize(1);
    Segment segment = test.segments().getFirst();
    assertThat(segment.isValid()).as(segment.problem()).isTrue();
    assertThat(segment.rows()).isEqualTo(MEMBERS);
  }

  private void arrive(String name, String settings, String export) {
    String sync = name + suffix;
    test.putSync(
        sync,
        """
        {"connection": "c", "prefix": "exports/%s/", "skipOnInvalidRecord": true, %s}
        """
            .formatted(sync, settings));
    test.arrive(key(sync), export);
    tellOf(sync);
  }

  private static String key(String sync) {
    return "exports/" + sync + "/é + %.csv";
  }

  /** Tells the splitter of an export, as S3 does, once more. */
  private void tellOf(String sync) {
    String bucket = test.machine().exportBucket();
    String etag = test.installation().store().head(bucket, key(sync), null).orElseThrow().etag();
    test.machine().split(OneMachine.objectCreated(bucket, key(sync), etag));
  }

  /** The open runs of these syncs, by their sync. */
  private Map<String, OpenRun> openRuns() {
    Map<String, OpenRun> runs = new TreeMap<>();
    test.installation().ledger().openRuns().stream()
        .filter(run -> run.sync().endsWith(suffix))
        .forEach(run -> assertThat(runs.put(run.sync(), run)).isNull());
    return runs;
  }

  /** Queues a chunk twice, as a queue may hand out a message twice. */
  private void queueOnceMore(OpenRun run) {
    ChunkMessage chunk = ChunkMessage.of(run.sync(), run.job(), run.run(), new ChunkId(0, 0));
    Message message =
        new Message(chunk.toJson(), chunk.group(run.sync()), chunk.deduplicationId() + "-again");
    assertThat(test.installation().queue().send(List.of(message))).isEmpty();
  }

  private Report report(OpenRun run) {
    return Report.parse(
        test.installation()
            .ledger()
            .job(run.sync(), run.job())
            .report("report.json")
            .orElseThrow());
  }

  private static void checkReport(Report report, boolean ofList) {
    int good = ofList ? MEMBERS : USERS * ROWS_EACH;
    assertThat(report.status()).isEqualTo(Status.COMPLETED_WITH_REJECTIONS);
    assertThat(report.rows()).isEqualTo(new RowCounts(good + 1, good, 1, 0, 0, 0, 0));
  }

  /** Each row came once, and those of a user in the order of the export. */
  private void checkRecords(String type) {
    List<JsonNode> records =
        test.received().stream()
            .filter(record -> record.path("type").asText().equals(type))
            .toList();
    assertThat(records)
        .extracting(Exports::row)
        .containsExactlyInAnyOrderElementsOf(Exports.rows(USERS, ROWS_EACH));
    assertThat(
            records.stream()
                .collect(groupingBy(Exports::user, mapping(Exports::seq, toList())))
                .values())
        .allSatisfy(seqs -> assertThat(seqs).isSorted());
  }
}
