package io.tapline.splitter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapline.aws.ForwardingStore;
import io.tapline.aws.MessageQueue.Message;
import io.tapline.aws.ObjectVersion;
import io.tapline.function.TestContext;
import io.tapline.job.Installation;
import io.tapline.job.MemoryInstallation;
import io.tapline.ledger.JobId;
import io.tapline.ledger.OpenRun;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitterHandlerTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path ROOT = Path.of("../..");
  private static final int A_MINUTE = 60_000;

  private static final String BUCKET = "tapline-exports-123456789012";
  private static final String KEY = "exports/profiles/profiles.csv.gz";
  private static final String LONG_KEY = "exports/profiles/long.csv";
  private static final String VERSION = "096fKKXTRTtl3on89fVO.nfljtsv6qko";
  private static final String ETAG = "2386ff42eef2d7a95adac919b9350287";

  private final MemoryInstallation parts = new MemoryInstallation();
  private final Installation installation =
      parts.with(
          (connection, path, json, timeout) -> {
            throw new AssertionError("the splitter calls nobody");
          });
  private final List<JsonNode> handedOver = new ArrayList<>();
  private final SplitterHandler handler =
      new SplitterHandler(
          "test", installation, BUCKET, (function, event) -> handedOver.add(tree(event)));
  private final TestContext context = new TestContext(A_MINUTE);

  @BeforeEach
  void sync() throws IOException {
    parts
        .ledger()
        .putSyncFile("profiles", Files.readAllBytes(ROOT.resolve("samples/profiles.json")));
  }

  @ParameterizedTest
  @CsvSource({
    "s3-object-created-put.json, exports/profiles/profiles.csv.gz,"
        + " 096fKKXTRTtl3on89fVO.nfljtsv6qko, 2386ff42eef2d7a95adac919b9350287",
    "s3-object-created-multipart.json, exports/profiles/VIP customers A+B €.csv.gz,"
        + " L4kqtJlcpXroDTDmpUMLUo.nRkBFdQ0s, 787124c8569d69f9df2ef03b1cb66e6f-1",
    "eventbridge-object-created.json, exports/profiles/VIP customers A+B.csv.gz,"
        + " IYV3p45BT0ac8hjHg1houSdS1a.Mro8e, 2386ff42eef2d7a95adac919b9350287",
  })
  void aSampleEventReleasesItsExport(String file, String key, String version, String etag)
      throws IOException {
    put(key, version, etag, sample());

    JsonNode answer = handle(event(file));

    assertThat(answer).hasSize(1);
    assertThat(answer.get(0).path("key").textValue()).isEqualTo(key);
    assertThat(answer.get(0).path("status").textValue()).isEqualTo("RELEASED");
    String job = answer.get(0).path("job").textValue();
    assertThat(parts.queue().messages())
        .hasSize(5)
        .extracting(Message::body)
        .allMatch(body -> body.contains(job));
    JsonNode line = onlyLine();
    assertThat(line.path("what").textValue()).isEqualTo("released");
    assertThat(line.path("job").textValue()).isEqualTo(job);
    assertThat(line.path("sync").textValue()).isEqualTo("profiles");
    assertThat(line.path("rows").longValue()).isEqualTo(400);
    assertThat(line.path("chunks").longValue()).isEqualTo(5);
  }

  /** The lanes of a demerge are those of the account, which the splitter must not know. */
  @Test
  void aDemergeIsLeftToTheFinalizer() throws IOException {
    String sync =
        """
        {"connection": "prod", "prefix": "exports/demerge/", "target": "USER_PROFILES",
         "operation": "DEMERGE_USER_PROFILE"}
        """;
    parts.ledger().putSyncFile("demerge", sync.getBytes(UTF_8));
    String key = "exports/demerge/1.csv";
    put(key, null, ETAG, "identity\na\nb\n".getBytes(UTF_8));
    ObjectNode event = event("s3-object-created-put.json");
    ((ObjectNode) event.at("/Records/0/s3/object")).put("key", key).remove("versionId");

    JsonNode answer = handle(event);

    assertThat(statuses(answer)).containsExactly("WAITING");
    assertThat(parts.queue().messages()).isEmpty();
    assertThat(parts.ledger().openRuns())
        .containsExactly(new OpenRun("demerge", answer.get(0).path("job").textValue(), 1));
  }

  @Test
  void theDetailOfAnEventMayBeText() throws IOException {
    put(
        "exports/profiles/VIP customers A+B.csv.gz",
        "IYV3p45BT0ac8hjHg1houSdS1a.Mro8e",
        ETAG,
        sample());
    ObjectNode event = event("eventbridge-object-created.json");
    event.put("detail", event.path("detail").toString());

    assertThat(statuses(handle(event))).containsExactly("RELEASED");
  }

  @Test
  void anUnversionedObjectIsFoundByItsKey() throws IOException {
    parts.store().put(BUCKET, KEY, sample());
    ObjectNode event = event("s3-object-created-put.json");
    ((ObjectNode) event.at("/Records/0/s3/object")).remove("versionId");

    assertThat(statuses(handle(event))).containsExactly("RELEASED");
  }

  @Test
  void aRepeatedEventSendsNothingAgain() throws IOException {
    put(KEY, VERSION, ETAG, sample());
    JsonNode first = handle(event("s3-object-created-put.json"));
    parts.clock().sleep(Duration.ofHours(1));

    assertThat(handle(event("s3-object-created-put.json"))).isEqualTo(first);
    assertThat(parts.queue().messages()).hasSize(5);
  }

  @Test
  void anExportWhoseJobIsClosedIsOver() throws IOException {
    put(KEY, VERSION, ETAG, sample());
    String job = handle(event("s3-object-created-put.json")).at("/0/job").textValue();
    parts.ledger().deleteOpen(new OpenRun("profiles", job, 1));

    JsonNode answer = handle(event("s3-object-created-put.json"));

    assertThat(statuses(answer)).containsExactly("OVER");
    assertThat(answer.at("/0/job").textValue()).isEqualTo(job);
    assertThat(context.lines()).last().asString().contains("\"what\":\"over\"");
  }

  @Test
  void aJobWaitsForAnOlderOneOfItsSync() throws IOException {
    put(KEY, VERSION, ETAG, sample());
    parts.ledger().putOpen(new OpenRun("profiles", "20200101T000000Z-0123456789abcdef", 1));

    assertThat(statuses(handle(event("s3-object-created-put.json")))).containsExactly("WAITING");
    assertThat(parts.queue().messages()).isEmpty();
    assertThat(onlyLine().path("what").textValue()).isEqualTo("waiting");
  }

  @Test
  void aJobWithAnInvalidRowIsStoppedWhereTheSyncSaysSo() throws IOException {
    parts.ledger().putSyncFile("profiles", strictSync());
    put(KEY, VERSION, ETAG, sample());

    JsonNode answer = handle(event("s3-object-created-put.json"));

    assertThat(statuses(answer)).containsExactly("STOPPED");
    assertThat(answer.at("/0/code").textValue()).isEqualTo("INVALID_RECORD");
    assertThat(parts.queue().messages()).isEmpty();
    assertThat(onlyLine().path("level").textValue()).isEqualTo("WARN");
    assertThat(onlyLine().path("code").textValue()).isEqualTo("INVALID_RECORD");
  }

  @ParameterizedTest
  @CsvSource({
    "NO_SYNC, exports/elsewhere/, " + ETAG,
    "BROKEN_SYNC, , " + ETAG,
    "EXPORT_OVERWRITTEN, exports/profiles/, 00000000000000000000000000000000",
  })
  void whatCantBePushedIsIgnored(String code, @Nullable String prefix, String etag)
      throws IOException {
    ObjectNode sync = (ObjectNode) JSON.readTree(ROOT.resolve("samples/profiles.json").toFile());
    if (prefix == null) {
      sync.put("threadCount", 0);
    } else {
      sync.put("prefix", prefix);
    }
    parts.ledger().putSyncFile("profiles", JSON.writeValueAsBytes(sync));
    put(KEY, VERSION, etag, sample());

    JsonNode answer = handle(event("s3-object-created-put.json"));

    assertThat(statuses(answer)).containsExactly("IGNORED");
    assertThat(answer.at("/0/code").textValue()).isEqualTo(code);
    assertThat(answer.get(0).has("job")).isFalse();
    assertThat(onlyLine().path("level").textValue()).isEqualTo("WARN");
    assertThat(onlyLine().path("code").textValue()).isEqualTo(code);
    assertThat(onlyLine().path("message").textValue()).isNotEmpty();
  }

  @Test
  void anExportThatIsGoneIsIgnored() throws IOException {
    JsonNode answer = handle(event("s3-object-created-put.json"));

    assertThat(answer.at("/0/code").textValue()).isEqualTo("EXPORT_GONE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // When a notification is set up.
        "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"exports\"}",
        "{\"source\":\"aws.s3\",\"detail-type\":\"Object Deleted\",\"detail\":{}}",
      })
  void otherNewsOfS3IsNone(String event) throws IOException {
    assertThat(handle(JSON.readTree(event))).isEmpty();
    assertThat(context.lines()).isEmpty();
  }

  @Test
  void aRemovedObjectIsNoArrival() throws IOException {
    ObjectNode event = event("s3-object-created-put.json");
    ((ObjectNode) event.at("/Records/0")).put("eventName", "ObjectRemoved:Delete");
    ((ObjectNode) event.at("/Records/0/s3/object")).remove(List.of("size", "eTag"));

    assertThat(handle(event)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"schedule-finalizer.json", "sqs-chunk.json"})
  void anEventThatIsNotOfS3IsRefused(String file) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> handle(event(file)))
        .withMessageStartingWith("expected an event of S3 but got");
  }

  @Test
  void theFailureOfOneExportDoesNotHinderTheNext() throws IOException {
    put(LONG_KEY, null, ETAG, longExport());
    put(KEY, VERSION, ETAG, sample());
    ObjectNode event = event("s3-object-created-put.json");
    ArrayNode records = (ArrayNode) event.path("Records");
    records.insert(0, longRecord(records));

    assertThatExceptionOfType(Unreadable.class)
        .isThrownBy(() -> handle(overUnreadable(LONG_KEY), event))
        .satisfies(e -> assertThat(e.getSuppressed()).isEmpty());

    assertThat(parts.queue().messages()).hasSize(5);
    assertThat(context.lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("\"ERROR\"", "Unreadable", LONG_KEY),
            line -> assertThat(line).contains("\"what\":\"released\"", KEY));
  }

  @Test
  void furtherFailuresAreToldWithTheFirst() throws IOException {
    put(LONG_KEY, null, ETAG, longExport());
    ObjectNode event = event("s3-object-created-put.json");
    ArrayNode records = (ArrayNode) event.path("Records");
    JsonNode record = longRecord(records);
    records.removeAll().add(record).add(record);

    assertThatExceptionOfType(Unreadable.class)
        .isThrownBy(() -> handle(overUnreadable(LONG_KEY), event))
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
  }

  @Test
  void whenTimeRunsOutAnotherInvocationGoesOn() throws IOException {
    put(LONG_KEY, null, ETAG, longExport());
    ObjectNode event = event("s3-object-created-put.json");
    ArrayNode records = (ArrayNode) event.path("Records");
    records.set(0, longRecord(records));
    TestContext noTime = new TestContext(0);
    JsonNode answer = handle(event, noTime);
    assertThat(statuses(answer)).containsExactly("HANDED_OVER");
    assertThat(noTime.lines())
        .singleElement()
        .asString()
        .contains("\"INFO\"", "\"what\":\"handed over\"", answer.at("/0/job").textValue());

    assertThat(handedOver).containsExactly(named("profiles", answer.at("/0/job").textValue()));
    assertThat(statuses(handle(handedOver.getFirst()))).containsExactly("RELEASED");
    assertThat(onlyLine().path("rows").longValue()).isEqualTo(10_001);
  }

  @Test
  void aFailedHandoverIsAFailure() throws IOException {
    put(LONG_KEY, null, ETAG, longExport());
    ObjectNode event = event("s3-object-created-put.json");
    ArrayNode records = (ArrayNode) event.path("Records");
    records.set(0, longRecord(records));
    SplitterHandler alone =
        new SplitterHandler(
            "test",
            installation,
            BUCKET,
            (function, json) -> {
              throw new Unreadable();
            });

    assertThatExceptionOfType(Unreadable.class)
        .isThrownBy(() -> handle(alone, event, new TestContext(0)));
  }

  @Test
  void theSweepStartsWhatWasLost() throws IOException {
    ObjectNode sync = (ObjectNode) JSON.readTree(ROOT.resolve("samples/profiles.json").toFile());
    parts
        .ledger()
        .putSyncFile("profiles", JSON.writeValueAsBytes(sync.put("since", "2026-11-01T00:00:00Z")));
    parts.clock().sleep(Duration.ofHours(11));
    put(KEY, VERSION, ETAG, sample());

    JsonNode answer = handle(event("splitter-sweep.json"));

    assertThat(statuses(answer)).containsExactly("HANDED_OVER");
    String job = answer.at("/0/job").textValue();
    assertThat(onlyLine().path("what").textValue()).isEqualTo("started");
    assertThat(onlyLine().path("cause").textValue()).isEqualTo("missed");
    assertThat(handedOver).containsExactly(named("profiles", job));
    assertThat(statuses(handle(handedOver.getFirst()))).containsExactly("RELEASED");
    assertThat(handle(event("splitter-sweep.json"))).isEmpty();
  }

  @Test
  void theSweepSaysWhatItLeaves() throws IOException {
    parts.ledger().putOpen(new OpenRun("profiles", "20200101T000000Z-0123456789abcdef", 1));
    ObjectNode late = (ObjectNode) JSON.readTree(ROOT.resolve("samples/profiles.json").toFile());
    parts
        .ledger()
        .putSyncFile(
            "late",
            JSON.writeValueAsBytes(
                late.put("prefix", "late/").put("since", "2026-11-25T00:00:00Z")));
    put(KEY, VERSION, ETAG, sample());
    ObjectVersion export =
        parts
            .store()
            .put(
                new ObjectVersion(
                    BUCKET, "late/a.csv", null, "\"a\"", 0, Instant.parse("2026-11-24T10:15:00Z")),
                sample());
    parts.ledger().putOpen(new OpenRun("late", JobId.of(export), 1));
    parts.clock().sleep(Duration.ofHours(11));

    assertThat(statuses(handle(event("splitter-sweep.json")))).containsExactly("IGNORED");
    assertThat(context.lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("\"ignored\"", "BEFORE_SINCE", "late/a.csv"),
            line -> assertThat(line).contains("\"unclaimed\"", "\"exports\":1", KEY),
            line -> assertThat(line).contains("\"dropped\"", "20200101T000000Z"),
            line -> assertThat(line).contains("\"dropped\"", JobId.of(export)));
    assertThat(parts.ledger().openRuns()).isEmpty();
  }

  @Test
  void theSweepWritesAMetricOfEachSyncThatExpectsExports() throws IOException {
    ObjectNode sync = (ObjectNode) JSON.readTree(ROOT.resolve("samples/profiles.json").toFile());
    parts.ledger().putSyncFile("profiles", JSON.writeValueAsBytes(sync.put("expectEvery", "24h")));
    put(KEY, VERSION, ETAG, sample());
    handle(event("s3-object-created-put.json"));
    SplitterHandler named =
        new SplitterHandler("tapline-eu", installation, BUCKET, (function, event) -> {});
    parts.clock().sleep(Duration.ofHours(24));
    TestContext inTime = new TestContext(A_MINUTE);
    assertThat(handle(named, event("splitter-sweep.json"), inTime)).isEmpty();
    parts.clock().sleep(Duration.ofHours(24));
    TestContext late = new TestContext(A_MINUTE);
    assertThat(handle(named, event("splitter-sweep.json"), late)).isEmpty();

    assertThat(inTime.lines()).isEmpty();
    assertThat(inTime.metrics())
        .satisfiesExactly(line -> assertThat(line).contains("\"ExportsOverdue\":0"));
    assertThat(late.lines())
        .satisfiesExactly(
            line ->
                assertThat(JSON.readTree(line))
                    .isEqualTo(
                        JSON.readTree(
                            """
                            {"level": "WARN", "what": "overdue", "sync": "profiles",
                             "lastExport": "2026-11-24T10:15:00Z"}
                            """)));
    assertThat(late.metrics())
        .satisfiesExactly(
            line -> {
              JsonNode metric = JSON.readTree(line);
              assertThat(metric.path("ExportsOverdue").intValue()).isOne();
              assertThat(metric.path("Installation").textValue()).isEqualTo("tapline-eu");
              assertThat(metric.path("Sync").textValue()).isEqualTo("profiles");
              assertThat(metric.at("/_aws/Timestamp").longValue())
                  .isEqualTo(parts.clock().instant().toEpochMilli());
            });
  }

  @Test
  void anOpenJobIsNamedByTaplinesOwnEvent() throws IOException {
    put(KEY, VERSION, ETAG, sample());
    JsonNode first = handle(event("s3-object-created-put.json"));
    String job = first.at("/0/job").textValue();

    assertThat(handle(named("profiles", job))).isEqualTo(first);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> handle(named("profiles", "no-job")))
        .withMessage("there is no job no-job of sync profiles");
  }

  @Test
  void anEnvironmentWithoutANameIsRefused() {
    assertThatIllegalStateException()
        .isThrownBy(SplitterHandler::new)
        .withMessage("the environment variable TAPLINE_INSTALLATION is not set");
  }

  private JsonNode handle(JsonNode event) throws IOException {
    return handle(event, context);
  }

  private JsonNode handle(JsonNode event, TestContext context) throws IOException {
    return handle(handler, event, context);
  }

  private JsonNode handle(SplitterHandler function, JsonNode event) throws IOException {
    return handle(function, event, context);
  }

  private static JsonNode handle(SplitterHandler function, JsonNode event, TestContext context)
      throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    function.handleRequest(
        new ByteArrayInputStream(JSON.writeValueAsBytes(event)), answer, context);
    return JSON.readTree(answer.toByteArray());
  }

  /** The function, but with an S3 that does not hand out this export. */
  private SplitterHandler overUnreadable(String key) {
    ForwardingStore store =
        new ForwardingStore(parts.store()) {
          @Override
          public byte[] read(ObjectVersion version, long from, int length) {
            if (version.key().equals(key)) {
              throw new Unreadable();
            }
            return super.read(version, from, length);
          }
        };
    return new SplitterHandler(
        "test",
        new Installation(
            store,
            parts.ledger(),
            installation.queue(),
            installation.connections(),
            installation.cleverTap(),
            installation.clock()),
        BUCKET,
        (function, event) -> handedOver.add(tree(event)));
  }

  private static JsonNode tree(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode named(String sync, String job) {
    return JSON.createObjectNode()
        .set("tapline", JSON.createObjectNode().put("sync", sync).put("job", job));
  }

  private JsonNode onlyLine() throws IOException {
    assertThat(context.lines()).hasSize(1);
    return JSON.readTree(context.lines().getFirst());
  }

  private void put(String key, @Nullable String version, String etag, byte[] content) {
    parts
        .store()
        .put(
            new ObjectVersion(
                BUCKET, key, version, '"' + etag + '"', 0, Instant.parse("2026-11-24T10:15:00Z")),
            content);
  }

  private static JsonNode longRecord(ArrayNode records) {
    ObjectNode record = records.get(0).deepCopy();
    ((ObjectNode) record.at("/s3/object")).put("key", LONG_KEY).remove("versionId");
    return record;
  }

  /** One row more than staging reads before it looks at the time. */
  private static byte[] longExport() {
    return IntStream.rangeClosed(1, 10_001)
        .mapToObj(row -> "c-" + row + ",02139,\n")
        .collect(Collectors.joining("", "identity,zip,signup\n", ""))
        .getBytes(UTF_8);
  }

  private static byte[] strictSync() throws IOException {
    ObjectNode sync = (ObjectNode) JSON.readTree(ROOT.resolve("samples/profiles.json").toFile());
    return JSON.writeValueAsBytes(sync.put("skipOnInvalidRecord", false));
  }

  private static byte[] sample() throws IOException {
    return Files.readAllBytes(ROOT.resolve("samples/profiles.csv.gz"));
  }

  private static ObjectNode event(String file) throws IOException {
    return (ObjectNode) JSON.readTree(ROOT.resolve("events").resolve(file).toFile());
  }

  private static List<String> statuses(JsonNode answer) {
    return answer.findValuesAsText("status");
  }

  private static final class Unreadable extends RuntimeException {

    private static final long serialVersionUID = 1L;
  }
}
