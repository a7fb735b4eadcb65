package io.tapline.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapline.aws.ForwardingStore;
import io.tapline.aws.LoopbackAws;
import io.tapline.aws.MemoryObjectStore;
import io.tapline.aws.ObjectStore;
import io.tapline.aws.ObjectUpload;
import io.tapline.aws.ObjectVersion;
import io.tapline.aws.SetClock;
import io.tapline.chunk.ChunkBuffer;
import io.tapline.chunk.ChunkId;
import io.tapline.chunk.StoredRows;
import io.tapline.export.BrokenRow;
import io.tapline.export.DelimitedRow;
import io.tapline.export.ExportReader;
import io.tapline.export.Header;
import io.tapline.export.JsonRow;
import io.tapline.export.ReadPosition;
import io.tapline.export.Row;
import io.tapline.ledger.Job;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.Mark;
import io.tapline.ledger.OpenRows;
import io.tapline.ledger.OpenRows.State;
import io.tapline.ledger.Outcome;
import io.tapline.ledger.RowCounts;
import io.tapline.ledger.Stop;
import io.tapline.record.ColumnTypes;
import io.tapline.record.Rejection;
import io.tapline.record.Rejection.By;
import io.tapline.report.Report.Example;
import io.tapline.report.Report.Status;
import io.tapline.report.Report.Warning;
import io.tapline.sync.ColumnType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobReportTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Instant OPENED = Instant.parse("2026-11-24T00:00:00Z");
  private static final Instant NOW = Instant.parse("2026-11-24T00:10:00Z");
  private static final Stop STOP = new Stop("BECAUSE", "of this", null);
  private static final String BUCKET = "tapline-work";

  private final MemoryObjectStore store = new MemoryObjectStore(new SetClock());
  private JobLedger ledger = new Ledger(store, BUCKET).job("vip", "job");
  private String key = "vip/1.csv";
  private @Nullable Header header = new Header(List.of("identity", "phone"), false);
  private long read;
  private long skipped;
  private List<Integer> chunks = List.of(1);
  private List<Rejection> invalid = List.of();
  private long invalidCount;
  private @Nullable ColumnTypes types;

  @ParameterizedTest(name = "{7}: {8}")
  @CsvSource({
    // read, accepted, rejected, refused, failed, unknown, not sent
    "3, 3, 0, 0, 0, 0, 0, COMPLETED, all are delivered",
    "3, 2, 1, 0, 0, 0, 0, COMPLETED_WITH_REJECTIONS, one is rejected",
    "3, 2, 0, 1, 0, 0, 0, COMPLETED_WITH_REJECTIONS, one is refused",
    "4, 2, 1, 0, 1, 0, 0, FAILED, one failed",
    "4, 2, 0, 1, 0, 1, 0, FAILED, one is unknown",
    "4, 3, 0, 0, 0, 0, 1, FAILED, one is not sent",
    "4, 3, 0, 0, 0, 0, 0, FAILED, the sum is too small",
    "2, 3, 0, 0, 0, 0, 0, FAILED, the sum is too large",
  })
  void hasTheFirstStatusThatFits(
      long read,
      long accepted,
      long rejected,
      long refused,
      long failed,
      long unknown,
      long notSent,
      Status status,
      String rule) {
    this.read = read;
    RowCounts counts = new RowCounts(read, accepted, rejected, refused, failed, unknown, notSent);
    List<OpenRows> open = new ArrayList<>();
    LongStream.range(0, failed).forEach(row -> open.addAll(open(State.FAILED, (int) row)));
    LongStream.range(0, unknown).forEach(row -> open.addAll(open(State.UNKNOWN, (int) row)));
    LongStream.range(0, notSent).forEach(row -> open.addAll(open(State.NOT_SENT, (int) row)));
    putOutcome(0, 0, counts, List.of(), open, NOW);

    Report report = report();

    assertThat(report.status()).isEqualTo(status);
    assertThat(report.rows()).isEqualTo(counts);
    assertThat(report.warnings().stream().anyMatch(w -> w.code().equals("DOES_NOT_ADD_UP")))
        .isEqualTo(!counts.addUp());

    ledger.run(1).putStop(STOP);
    assertThat(report().status()).isEqualTo(Status.STOPPED);
  }

  @Test
  void addsUpOutcomes() {
    read = 9;
    chunks = List.of(2, 1);
    putChunk(0, 0, List.of());
    putOutcome(
        0, 0, new RowCounts(4, 3, 1, 0, 0, 0, 0), List.of(rejection(2, "516")), List.of(), NOW);
    putOutcome(1, 0, new RowCounts(4, 2, 0, 0, 2, 0, 0), List.of(), open(State.FAILED, 3, 4), NOW);
    putOutcome(0, 1, new RowCounts(1, 0, 0, 0, 0, 1, 0), List.of(), open(State.UNKNOWN, 9), NOW);

    Report report = report();

    assertThat(report.rows()).isEqualTo(new RowCounts(9, 5, 1, 0, 2, 1, 0));
    assertThat(report.calls()).isEqualTo(new Report.Calls(6, 3, 3));
    assertThat(report.sentAgainAfterUnknown()).isEqualTo(15);
    assertThat(report.chunks()).isEqualTo(new Report.Chunks(3, 2, 1));
    assertThat(report.startedAt()).isEqualTo(OPENED);
    assertThat(report.finishedAt()).isEqualTo(NOW);
    assertThat(report.warnings())
        .containsExactly(
            new Warning("ROWS_FAILED", "2 rows are failed (code 503); the first are 3, 4", "down"),
            new Warning("ROWS_UNKNOWN", "1 rows are unknown (code 503); the first are 9", "down"));
  }

  @Test
  void aStoppedRunCountsWhatIsInNoOutcomeAsNotSent() {
    read = 10;
    chunks = List.of(3);
    putChunk(0, 0, List.of());
    putOutcome(
        0, 0, new RowCounts(4, 3, 1, 0, 0, 0, 0), List.of(rejection(2, "516")), List.of(), NOW);
    ledger.run(1).putStop(STOP);

    assertThat(report().rows()).isEqualTo(new RowCounts(10, 3, 1, 0, 0, 0, 6));
    assertThat(report().stopped()).isEqualTo(STOP);
  }

  @Test
  void aRunThatPushedNothingTellsWhatStagingFound() {
    read = 10;
    invalid = List.of(rejection(1, "516"), rejection(3, "516"));
    invalidCount = 5;
    putChunk(0, 0, IntStream.rangeClosed(1, 10).mapToObj(i -> (Row) row(i, "u" + i, "1")).toList());
    ledger.run(1).putStop(STOP);

    Report report = report();

    assertThat(report.rows()).isEqualTo(new RowCounts(10, 0, 5, 0, 0, 0, 5));
    assertThat(report.reasons()).extracting(Report.Reason::count).containsExactly(2L);
    assertThat(report.warnings())
        .containsExactly(
            new Warning("INVALID_ROWS_NOT_LISTED", "5 rows are invalid; 2 of them are listed"));
    assertThat(rejects()).contains("u1,1,1,516,", "u3,1,3,516,").doesNotContain("u2");
  }

  @Test
  void groupsReasonsWithTheirFirstTenRows() {
    read = 60;
    chunks = List.of(3);
    List<Rejection> many =
        LongStream.rangeClosed(1, 30)
            .mapToObj(i -> new Rejection(61 - i, By.TAPLINE, "516", "phone", "phone " + (61 - i)))
            .toList();
    putChunk(0, 0, List.of());
    putChunk(0, 1, List.of());
    putChunk(0, 2, List.of());
    putOutcome(0, 0, rejected(30), many, List.of(), NOW);
    putOutcome(
        0,
        1,
        rejected(28),
        LongStream.rangeClosed(1, 28)
            .mapToObj(i -> new Rejection(i, By.TAPLINE, "516", "phone", "phone " + i))
            .toList(),
        List.of(),
        NOW);
    putOutcome(
        0,
        2,
        rejected(2),
        List.of(
            new Rejection(30, By.CLEVERTAP, "516", null, "Phone"),
            new Rejection(29, By.TAPLINE, "516", "mobile", "mobile")),
        List.of(),
        NOW);

    assertThat(report().reasons())
        .containsExactly(
            new Report.Reason(
                "tapline",
                "516",
                "phone",
                58,
                "phone 1",
                LongStream.rangeClosed(1, 10).boxed().toList(),
                List.of()),
            new Report.Reason("tapline", "516", "mobile", 1, "mobile", List.of(29L), List.of()),
            new Report.Reason("clevertap", "516", null, 1, "Phone", List.of(30L), List.of()));
  }

  @Test
  void tellsWhatHappenedWhenInAtMost120Points() {
    read = 1000;
    chunks = List.of(1000);
    for (int i = 0; i < 1000; i++) {
      putOutcome(
          0,
          i,
          new RowCounts(1, 1, 0, 0, 0, 0, 0),
          List.of(),
          List.of(),
          OPENED.plusSeconds(7L * i));
    }

    List<Report.Point> points = report().timeline();

    assertThat(points).hasSizeBetween(60, 120);
    assertThat(points.getFirst().at()).isEqualTo(OPENED);
    assertThat(points).extracting(Report.Point::at).isSorted();
    assertThat(points.stream().mapToLong(Report.Point::rows).sum()).isEqualTo(1000);
    assertThat(points.stream().mapToLong(Report.Point::calls).sum()).isEqualTo(2000);
    assertThat(points.stream().mapToLong(Report.Point::throttled).sum()).isEqualTo(1000);
  }

  @Test
  void aShortJobHasAPointASecond() {
    read = 3;
    chunks = List.of(3);
    for (int i = 0; i < 3; i++) {
      putOutcome(
          0,
          i,
          new RowCounts(1, 1, 0, 0, 0, 0, 0),
          List.of(),
          List.of(),
          OPENED.plusMillis(600L * i));
    }

    assertThat(report().timeline())
        .containsExactly(
            new Report.Point(OPENED, 2, 4, 2), new Report.Point(OPENED.plusSeconds(1), 1, 2, 1));
  }

  @Test
  void tellsHowColumnsAreSent() {
    types =
        new ColumnTypes(
            List.of(
                new ColumnTypes.TypedColumn(
                    "phone", "Phone", List.of(ColumnType.STRING), ColumnTypes.Origin.KNOWN_FIELD),
                new ColumnTypes.TypedColumn("x", "x", List.of(), ColumnTypes.Origin.INFERRED),
                new ColumnTypes.TypedColumn("y", "y", List.of(), ColumnTypes.Origin.IGNORED)),
            List.of(new ColumnTypes.Warning("TYPE_WIDENED", "x", "x is wider now")));
    read = 1;
    putOutcome(0, 0, new RowCounts(1, 1, 0, 0, 0, 0, 0), List.of(), List.of(), NOW);

    assertThat(report().columns())
        .containsExactly(
            new Report.SentColumn("phone", "Phone", "string"),
            new Report.SentColumn("x", "x", null),
            new Report.SentColumn("y", null, null));
    assertThat(report().warnings()).containsExactly(new Warning("TYPE_WIDENED", "x is wider now"));
  }

  @Test
  void tellsTheColumnsOfAnExportThatWasNotReadToItsEnd() {
    ledger.run(1).putStop(STOP);

    assertThat(report().columns())
        .containsExactly(
            new Report.SentColumn("identity", "identity", null),
            new Report.SentColumn("phone", "phone", null));
  }

  @Test
  void hasNoRejectsWithoutAHeader() {
    header = null;
    ledger.run(1).putStop(STOP);

    assertThat(report().columns()).isEmpty();
    assertThat(ledger.report("rejects.csv")).isEmpty();
  }

  @Test
  void warnsOfRowsThatWereNotKept() {
    skipped = 1234;
    assertThat(report().warnings().stream().map(Warning::code))
        .containsExactly("NO_ROWS", "ROWS_NOT_KEPT");
    assertThat(report().warnings().getLast().message()).startsWith("1,234 rows");
  }

  @Test
  void writesRejectedRowsInTheOrderOfTheExport() {
    read = 6;
    chunks = List.of(2, 1, 1);
    putChunk(0, 0, List.of(row(3, "c", null), row(4, "d", "")));
    putChunk(0, 1, List.of(row(6, "f", "1")));
    putChunk(1, 0, List.of(row(2, "b", "a,b"), new BrokenRow(5, "BROKEN_UTF8", "line 6", null)));
    // No row of this chunk is rejected, so it is not read.
    putOutcome(0, 0, rejected(2), List.of(rejection(3, "1"), rejection(4, "=1")), List.of(), NOW);
    putOutcome(0, 1, rejected(1), List.of(rejection(6, "1")), List.of(), NOW);
    putOutcome(1, 0, rejected(2), List.of(rejection(2, "1"), rejection(5, "1")), List.of(), NOW);
    putOutcome(2, 0, new RowCounts(1, 1, 0, 0, 0, 0, 0), List.of(), List.of(), NOW);

    Report report = report();

    assertThat(report.status()).isEqualTo(Status.COMPLETED_WITH_REJECTIONS);
    assertThat(report.reasons().getFirst().examples())
        .containsExactly(new Example(2, "x,x"), new Example(3, null), new Example(5, null));
    assertThat(rejects())
        .isEqualTo(
            """
            identity,phone,_row,_code,_reason
            b,"a,b",2,1,'-wrong
            c,,3,1,'-wrong
            d,"",4,=1,'-wrong
            ,,5,1,'-wrong
            f,1,6,1,'-wrong
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void readsNothingFarBehindTheLastInvalidRow() {
    read = 400;
    chunks = List.of(50, 50);
    invalid = List.of(rejection(3, "1"), rejection(4, "1"));
    invalidCount = 2;
    for (int number = 0; number < 50; number++) {
      for (int lane = 0; lane < 2; lane++) {
        long row = 4L * number + 2L * lane + 1;
        putChunk(lane, number, List.of(row(row, "a", "1"), row(row + 1, "b", "2")));
      }
    }
    ledger.run(1).putStop(STOP);
    AtomicInteger reads = new AtomicInteger();
    ledger =
        new Ledger(
                new ForwardingStore(store) {
                  @Override
                  public Optional<byte[]> get(String bucket, String key) {
                    if (key.contains("/chunks/")) {
                      reads.incrementAndGet();
                    }
                    return super.get(bucket, key);
                  }
                },
                BUCKET)
            .job("vip", "job");

    report();

    assertThat(rejects()).contains("a,1,3,1,", "b,2,4,1,");
    assertThat(reads).as("two lanes, each two chunks ahead").hasValueBetween(2, 6);
  }

  @Test
  void whatWasRejectedReadsBackAsItWas() throws IOException {
    List<@Nullable String> cells =
        Arrays.asList(
            null, "", "a", "=1", "+1", "-1", "@x", "\tx", "\rx", "'=x", "'x", "'", "''", "'''=",
            "=", "a,b", "a\"b", "\"", "\r\n", "a\nb", "\r", "\n", " a ", "#a", "é€😀", "\\N",
            "NULL", "\u00a0", "\uFEFFa", "\\", "\\\"", ";", "''\t");
    List<Row> rows = new ArrayList<>();
    List<Rejection> rejections = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      rows.add(row(i + 1, cells.get(i), "x"));
      rejections.add(rejection(i + 1, "1"));
    }
    rows.add(row(cells.size() + 1, "x", null));
    rejections.add(rejection(cells.size() + 1, "1"));
    read = rows.size();
    putChunk(0, 0, rows);
    putOutcome(0, 0, rejected(rows.size()), rejections, List.of(), NOW);
    Job job = job();
    report();

    List<@Nullable String> again = new ArrayList<>();
    try (ExportReader reader =
        ExportReader.open(
            new ByteArrayInputStream(rejects().getBytes(UTF_8)),
            job.format(),
            ReadPosition.START,
            null)) {
      assertThat(reader.header()).isEqualTo(new Header(List.of("identity", "phone"), true));
      for (Row row = reader.next(); row != null; row = reader.next()) {
        DelimitedRow kept = (DelimitedRow) row;
        again.add(kept.isNull(0) ? null : kept.text(0));
      }
    }
    assertThat(again.subList(0, cells.size())).isEqualTo(cells);
    assertThat(again).hasSize(cells.size() + 1);
  }

  @Test
  void writesLinesOfJsonAsTheyWere() throws JsonProcessingException {
    key = "vip/1.jsonl";
    header = new Header(List.of(), false);
    read = 4;
    String line = "{ \"identity\": \"none\" ,\"n\":1.50}";
    putChunk(
        0,
        0,
        List.of(
            new JsonRow(1, line, (ObjectNode) JSON.readTree(line)),
            new BrokenRow(2, "NOT_AN_OBJECT", "line 2 is none", "[1]"),
            new BrokenRow(3, "ROW_TOO_LARGE", "line 3 is too large", null),
            new JsonRow(4, "{}", JSON.createObjectNode())));
    putOutcome(
        0,
        0,
        new RowCounts(4, 1, 3, 0, 0, 0, 0),
        List.of(rejection(1, "1"), rejection(2, "1"), rejection(3, "1")),
        List.of(),
        NOW);

    report();

    assertThat(ledger.report("rejects.csv")).isEmpty();
    assertThat(ledger.report("rejects.jsonl"))
        .map(bytes -> new String(bytes, UTF_8))
        .contains(line + "\n[1]\n");
  }

  @Test
  void rejectsOfRejectsAreOfTheSameKind() {
    key = "vip/1.jsonl";
    header = new Header(List.of("identity"), true);
    read = 1;
    putChunk(0, 0, List.of(row(1, "a", "b")));
    putOutcome(0, 0, rejected(1), List.of(rejection(1, "1")), List.of(), NOW);

    report();

    assertThat(rejects()).isEqualTo("identity,_row,_code,_reason\r\na,1,1,'-wrong\r\n");
  }

  @Test
  void hasNoFileOfRejectsWhereNoRowIs() {
    read = 1;
    putOutcome(0, 0, new RowCounts(1, 1, 0, 0, 0, 0, 0), List.of(), List.of(), NOW);

    report();

    assertThat(ledger.report("rejects.csv")).isEmpty();
  }

  @Test
  void aDelimitedRowHasNoPlaceInAJsonlExport() {
    key = "vip/1.jsonl";
    header = new Header(List.of(), false);
    read = 1;
    putChunk(0, 0, List.of(row(1, "a", "b")));
    putOutcome(0, 0, rejected(1), List.of(rejection(1, "1")), List.of(), NOW);

    assertThatThrownBy(this::report).isInstanceOf(IllegalStateException.class);
    assertThat(ledger.report("rejects.jsonl")).as("nothing appears in part").isEmpty();
  }

  @Test
  void aFileThatCantBeWrittenIsNoReport() {
    read = 1;
    putChunk(0, 0, List.of(row(1, "a", "b")));
    putOutcome(0, 0, rejected(1), List.of(rejection(1, "1")), List.of(), NOW);
    ledger =
        new Ledger(
                new ForwardingStore(store) {
                  @Override
                  public ObjectUpload upload(String bucket, String key) {
                    return new ObjectUpload() {
                      @Override
                      public void write(int b) throws IOException {
                        throw new IOException("full");
                      }

                      @Override
                      public void complete() {}

                      @Override
                      public void close() {}
                    };
                  }
                },
                BUCKET)
            .job("vip", "job");

    assertThatThrownBy(this::report).isInstanceOf(UncheckedIOException.class);
    assertThat(ledger.report("report.json")).isEmpty();
  }

  /** Over 8 MiB it is written in parts. */
  @Test
  void writesMoreThanFitsIntoOneRequest() throws IOException {
    ObjectStore s3 = LoopbackAws.store();
    ledger = new Ledger(s3, LoopbackAws.newBucket()).job("vip", "job");
    int rows = 20;
    read = rows;
    String text = "x".repeat(1 << 19);
    putChunk(
        0, 0, IntStream.rangeClosed(1, rows).mapToObj(i -> (Row) row(i, "u" + i, text)).toList());
    putOutcome(
        0,
        0,
        rejected(rows),
        LongStream.rangeClosed(1, rows).mapToObj(i -> rejection(i, "1")).toList(),
        List.of(),
        NOW);

    report();

    byte[] rejects = ledger.report("rejects.csv").orElseThrow();
    assertThat(rejects).hasSizeGreaterThan(8 << 20);
    try (ExportReader reader =
        ExportReader.open(
            new ByteArrayInputStream(rejects), job().format(), ReadPosition.START, null)) {
      for (int i = 1; i <= rows; i++) {
        assertThat(((DelimitedRow) reader.next()).text(0)).isEqualTo("u" + i);
      }
      assertThat(reader.next()).isNull();
    }
  }

  private Report report() {
    Mark staged =
        new Mark(
            0,
            header,
            ReadPosition.START,
            read,
            skipped,
            chunks,
            null,
            null,
            invalidCount,
            invalid,
            true,
            types,
            null);
    JobReport jobReport = new JobReport(job(), ledger, 1, staged);
    Report report = jobReport.write(NOW);
    assertThat(ledger.report("report.json")).map(Report::parse).contains(report);
    // Where it says that the rejected rows are, they are.
    assertThat(jobReport.rejectsKey(report.rows()))
        .isEqualTo(
            Stream.of("rejects.csv", "rejects.jsonl")
                .filter(name -> ledger.report(name).isPresent())
                .map(ledger::reportKey)
                .findFirst());
    assertThat(ledger.report("report.html"))
        .map(bytes -> new String(bytes, UTF_8))
        .hasValueSatisfying(page -> assertThat(page).contains(">" + report.job() + "<"));
    return report;
  }

  private Job job() {
    try {
      return new Job(
          "job",
          "vip",
          new ObjectVersion("exports", key, null, "\"e\"", 99, OPENED),
          JSON.readTree(
              """
              {"connection":"prod","prefix":"vip/","target":"USER_PROFILES",
              "operation":"UPLOAD_USER_PROFILES"}\
              """),
          chunks.size(),
          OPENED);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private String rejects() {
    return new String(ledger.report("rejects.csv").orElseThrow(), UTF_8);
  }

  private void putChunk(int lane, int number, List<Row> rows) {
    ChunkBuffer buffer = new ChunkBuffer(1000);
    rows.forEach(buffer::add);
    ledger.putChunk(new ChunkId(lane, number), StoredRows.pack(buffer.drain()));
  }

  private void putOutcome(
      int lane,
      int number,
      RowCounts counts,
      List<Rejection> rejections,
      List<OpenRows> open,
      Instant finishedAt) {
    ledger
        .run(1)
        .putOutcome(
            new Outcome(
                lane, number, counts, rejections, open, 5, 2, 1, 1, OPENED, finishedAt, null));
  }

  private static RowCounts rejected(long rows) {
    return new RowCounts(rows, 0, rows, 0, 0, 0, 0);
  }

  private static Rejection rejection(long row, String code) {
    return new Rejection(row, By.TAPLINE, code, "phone", "-wrong");
  }

  private static List<OpenRows> open(State state, int... rows) {
    return List.of(
        new OpenRows(state, "503", "down", Arrays.stream(rows).mapToObj(Long::valueOf).toList()));
  }

  private static DelimitedRow row(long number, @Nullable String... cells) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int[] ends = new int[cells.length];
    boolean[] nulls = new boolean[cells.length];
    for (int i = 0; i < cells.length; i++) {
      nulls[i] = cells[i] == null;
      if (cells[i] != null) {
        bytes.writeBytes(cells[i].getBytes(UTF_8));
      }
      ends[i] = bytes.size();
    }
    return new DelimitedRow(number, bytes.toByteArray(), ends, nulls);
  }
}
