package io.tapline.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapline.aws.LoopbackAws;
import io.tapline.aws.MemoryObjectStore;
import io.tapline.aws.ObjectStore;
import io.tapline.aws.ObjectVersion;
import io.tapline.aws.SetClock;
import io.tapline.chunk.ChunkBuffer;
import io.tapline.chunk.ChunkId;
import io.tapline.chunk.StoredRows;
import io.tapline.export.BrokenRow;
import io.tapline.export.Header;
import io.tapline.export.ReadPosition;
import io.tapline.record.ColumnTypes;
import io.tapline.record.ColumnTypes.Origin;
import io.tapline.record.ColumnTypes.TypedColumn;
import io.tapline.record.Rejection;
import io.tapline.record.RowCheck;
import io.tapline.record.TypeTally;
import io.tapline.sync.ColumnType;
import io.tapline.sync.Format;
import io.tapline.sync.SyncLoader;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JobLedgerTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant AT = Instant.parse("2026-11-24T10:11:12.345Z");
  private static final String ID = "20261124T000000Z-0123456789abcdef";
  private static final String FOLDER = "jobs/vip/" + ID + "/";

  private static final String SHORT =
      """
      {"connection": "prod", "prefix": "vip/", "target": "USER_EVENTS"}
      """;

  private static final String PROFILES =
      """
      {"connection": "prod", "prefix": "vip/", "target": "USER_PROFILES",
       "operation": "UPLOAD_USER_PROFILES", "arrayPropertyOperation": "APPEND", "threadCount": 3,
       "skipOnInvalidRecord": true, "maxInvalidRecords": "2.5%", "maxEventProperties": 7,
       "allowWhatsApp": true,
       "retry": {"attempts": 2, "firstDelay": "1s", "maxDelay": "2s", "callTimeout": "20s"},
       "unknownOutcome": "hold", "since": "2026-11-24T00:00:00Z", "expectEvery": "24h",
       "format": {"type": "tsv", "compression": "none", "header": false, "delimiter": "\\t",
                  "quote": "'", "escape": "\\\\", "nullText": "\\\\N", "columns": ["a", "é\\"b"]},
       "columnTypes": {"zip": "string", "ltv": "number"}, "rename": {"email_addr": "Email"}}
      """;

  private static final String CUSTOM_LIST =
      """
      {"connection": "prod", "prefix": "vip/", "target": "CUSTOM_LIST", "skipOnInvalidRecord": true,
       "maxInvalidRecords": 12,
       "customList": {"name": "VIPs", "userEmail": "admin@example.com", "creator": "Tapline",
                      "mode": "CREATE_NEW_SEGMENT"}}
      """;

  private final ObjectStore store = LoopbackAws.store();
  private final String bucket = LoopbackAws.newBucket();
  private final JobLedger ledger = new Ledger(store, bucket).job("vip", ID);

  static Stream<Arguments> jobs() throws IOException {
    return Stream.of(
        Arguments.of("defaults", job(SHORT, "v1")),
        Arguments.of("profiles", job(PROFILES, null)),
        Arguments.of("a custom list", job(CUSTOM_LIST, null)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("jobs")
  void aJobComesBackAsItWas(String name, Job job) throws IOException {
    ledger.putJob(job);

    Job stored = ledger.job().orElseThrow();

    assertThat(stored).as(name).isEqualTo(job);
    assertThat(stored.toSync())
        .isEqualTo(SyncLoader.load("vip", JSON.writeValueAsBytes(job.settings()), "settings"));
    assertThat(JSON.readTree(content("job.json")).fieldNames())
        .toIterable()
        .containsExactly("id", "sync", "export", "settings", "lanes", "openedAt", "writer");
  }

  @Test
  void aJobKnowsHowItsExportIsRead() throws IOException {
    assertThat(job(PROFILES, null).format())
        .isEqualTo(
            new Format(
                Format.Type.TSV,
                Format.Compression.NONE,
                false,
                '\t',
                '\'',
                '\\',
                "\\N",
                List.of("a", "é\"b")));
    assertThat(job(SHORT, null).format().compression())
        .as("by the ending of the key")
        .isEqualTo(Format.Compression.GZ);
  }

  @Test
  void theJobThatWasOpenedFirstStays() throws IOException {
    assertThat(ledger.job()).isEmpty();
    ledger.putJob(job(SHORT, null));
    ledger.putJob(job(CUSTOM_LIST, null));

    assertThat(ledger.job()).hasValue(job(SHORT, null));
  }

  static Stream<Arguments> marks() {
    ReadPosition position = new ReadPosition(5_000_000_000L, 12, 34, 56, 78);
    TypeTally.State types =
        new TypeTally.State(
            List.of(
                new TypeTally.SeenColumn("zip", List.of(ColumnType.STRING, ColumnType.NUMBER)),
                new TypeTally.SeenColumn("", List.of())));
    RowCheck.State checks =
        new RowCheck.State(
            List.of(
                new RowCheck.Note(
                    List.of(new RowCheck.Doubt(1, ColumnType.LIST, "LIST_TOO_LONG")),
                    3_000_000_000L,
                    List.of(4L, 5L))));
    List<Rejection> invalid =
        List.of(
            new Rejection(4, Rejection.By.TAPLINE, "516", "phone", "é \"x\" is no phone number"),
            new Rejection(5, Rejection.By.CLEVERTAP, "NUL_BYTE", null, "line 6 has a NUL byte"));
    ColumnTypes decided =
        new ColumnTypes(
            List.of(
                new TypedColumn("zip", "Zip", List.of(ColumnType.STRING), Origin.LEARNED),
                new TypedColumn("x", "x", List.of(), Origin.INFERRED)),
            List.of(new ColumnTypes.Warning("TYPE_WIDENED", "zip", "message")));
    return Stream.of(
        Arguments.of(
            "every field",
            new Mark(
                0,
                new Header(List.of("zip", "", "zip"), true),
                position,
                9_000_000_000L,
                2,
                List.of(3, 0, 4),
                types,
                checks,
                3_000_000_002L,
                invalid,
                true,
                decided,
                null)),
        Arguments.of(
            "no header, nothing checked",
            new Mark(
                0,
                null,
                ReadPosition.START,
                0,
                0,
                List.of(0),
                null,
                null,
                0,
                List.of(),
                false,
                null,
                null)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("marks")
  void aMarkComesBackAsItWas(String name, Mark mark) {
    ledger.putMark(mark);

    assertThat(ledger.latestMark()).as(name).hasValue(mark);
  }

  @Test
  void theLatestMarkHasTheHighestNumber() {
    assertThat(ledger.latestMark()).isEmpty();
    for (int number : new int[] {0, 9, 10, 2}) {
      ledger.putMark(mark(number, false, 1));
    }

    assertThat(ledger.latestMark()).hasValue(mark(10, false, 1));
    assertThat(ledger.lastMark()).as("staging goes on").isEmpty();

    ledger.putMark(mark(11, true, 2));
    ledger.putMark(mark(11, true, 3));

    assertThat(ledger.lastMark()).as("the first of its number").hasValue(mark(11, true, 2));
    assertThat(ledger.lastMark().orElseThrow().totalChunks()).isEqualTo(5);
  }

  @Test
  void aChunkComesBackAsItWas() {
    BrokenRow row = new BrokenRow(7, "NOT_AN_OBJECT", "line 7 is JSON, but no object", "[]");
    ChunkBuffer buffer = new ChunkBuffer(1);
    buffer.add(row);
    byte[] packed = StoredRows.pack(buffer.drain());
    ledger.putChunk(new ChunkId(2, 11), packed);
    ledger.putChunk(new ChunkId(2, 11), packed);

    assertThat(ledger.chunk(new ChunkId(2, 11))).containsExactly(row);
    assertThat(store.list(bucket, FOLDER, null).items()).containsExactly(FOLDER + "chunks/2-11.gz");
  }

  @Test
  void aChunkThatHasExpiredIsAnError() {
    assertThatThrownBy(() -> ledger.chunk(new ChunkId(2, 11)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no chunk at " + FOLDER + "chunks/2-11.gz");
  }

  @Test
  void aReportReplacesAnOlderOne() {
    assertThat(ledger.report("report.json")).isEmpty();
    ledger.putReport("report.json", new byte[] {1});
    ledger.putReport("report.json", new byte[] {2});

    assertThat(ledger.report("report.json")).hasValue(new byte[] {2});
    assertThat(ledger.reportKey("report.json")).isEqualTo(FOLDER + "report.json");
  }

  @Test
  void theFirstTimeoutBeforeAMarkStays() {
    Timeout first = new Timeout(3, AT);
    assertThat(ledger.timeout(3)).isEmpty();
    ledger.putMark(mark(2, false, 1));
    ledger.putTimeout(first);
    ledger.putTimeout(new Timeout(3, AT.plusSeconds(1)));

    assertThat(ledger.timeout(3)).hasValue(first);
    assertThat(ledger.timeout(2)).isEmpty();
    assertThat(ledger.latestMark()).map(Mark::number).hasValue(2);
  }

  @Test
  void stagingGivesASign() throws IOException {
    MemoryObjectStore memory = new MemoryObjectStore(new SetClock());
    JobLedger of = new Ledger(memory, bucket).job("vip", ID);
    assertThat(of.lastSignOfStaging()).isEmpty();
    for (String key : List.of("job.json", "staging/9.json", "staging/10.json", "staging/a")) {
      int minute = key.length();
      memory.put(
          new ObjectVersion(
              bucket, FOLDER + key, null, "e", 0, Instant.EPOCH.plusSeconds(60L * minute)),
          new byte[0]);

      assertThat(of.lastSignOfStaging())
          .as(key)
          .hasValue(Instant.EPOCH.plusSeconds(60L * (key.equals("staging/a") ? 15 : minute)));
    }
  }

  private String content(String name) {
    return new String(store.get(bucket, FOLDER + name).orElseThrow(), UTF_8);
  }

  private static Job job(String settings, String versionId) throws IOException {
    return new Job(
        ID,
        "vip",
        new ObjectVersion("exports", "vip/a.csv.gz", versionId, "\"e\"", 6_000_000_000L, AT),
        JSON.readTree(settings),
        3,
        AT);
  }

  private static Mark mark(int number, boolean last, int chunks) {
    return new Mark(
        number,
        null,
        ReadPosition.START,
        0,
        0,
        Arrays.asList(chunks, 3),
        null,
        null,
        0,
        List.of(),
        last,
        null,
        null);
  }
}
