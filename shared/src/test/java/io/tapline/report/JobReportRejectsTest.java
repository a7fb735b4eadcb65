package io.tapline.report;

import static io.tapline.report.ClosedJob.BUCKET;
import static io.tapline.report.ClosedJob.NOW;
import static io.tapline.report.ClosedJob.STOP;
import static io.tapline.report.ClosedJob.rejected;
import static io.tapline.report.ClosedJob.rejection;
import static io.tapline.report.ClosedJob.row;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapline.aws.ForwardingStore;
import io.tapline.aws.LoopbackAws;
import io.tapline.aws.ObjectStore;
import io.tapline.aws.ObjectUpload;
import io.tapline.export.BrokenRow;
import io.tapline.export.DelimitedRow;
import io.tapline.export.ExportReader;
import io.tapline.export.Header;
import io.tapline.export.JsonRow;
import io.tapline.export.ReadPosition;
import io.tapline.export.Row;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.RowCounts;
import io.tapline.record.Rejection;
import io.tapline.report.Report.Example;
import io.tapline.report.Report.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The file of rejected rows that a report comes with. */
class JobReportRejectsTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ClosedJob closed = new ClosedJob();

  @Test
  void writesRejectedRowsInTheOrderOfTheExport() {
    closed.read = 6;
    closed.chunks = List.of(2, 1, 1);
    closed.putChunk(0, 0, List.of(row(3, "c", null), row(4, "d", "")));
    closed.putChunk(0, 1, List.of(row(6, "f", "1")));
    closed.putChunk(
        1, 0, List.of(row(2, "b", "a,b"), new BrokenRow(5, "BROKEN_UTF8", "line 6", null)));
    // No row of this chunk is rejected, so it is not read.
    closed.putOutcome(
        0, 0, rejected(2), List.of(rejection(3, "1"), rejection(4, "=1")), List.of(), NOW);
    closed.putOutcome(0, 1, rejected(1), List.of(rejection(6, "1")), List.of(), NOW);
    closed.putOutcome(
        1, 0, rejected(2), List.of(rejection(2, "1"), rejection(5, "1")), List.of(), NOW);
    closed.putOutcome(2, 0, new RowCounts(1, 1, 0, 0, 0, 0, 0), List.of(), List.of(), NOW);

    Report report = closed.report();

    assertThat(report.status()).isEqualTo(Status.COMPLETED_WITH_REJECTIONS);
    assertThat(report.reasons().getFirst().examples())
        .containsExactly(new Example(2, "x,x"), new Example(3, null), new Example(5, null));
    assertThat(closed.rejects())
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
    closed.read = 400;
    closed.chunks = List.of(50, 50);
    closed.invalid = List.of(rejection(3, "1"), rejection(4, "1"));
    closed.invalidCount = 2;
    for (int number = 0; number < 50; number++) {
      for (int lane = 0; lane < 2; lane++) {
        long row = 4L * number + 2L * lane + 1;
        closed.putChunk(lane, number, List.of(row(row, "a", "1"), row(row + 1, "b", "2")));
      }
    }
    closed.ledger.run(1).putStop(STOP);
    AtomicInteger reads = new AtomicInteger();
    closed.ledger =
        new Ledger(
                new ForwardingStore(closed.store) {
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

    closed.report();

    assertThat(closed.rejects()).contains("a,1,3,1,", "b,2,4,1,");
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
    closed.read = rows.size();
    closed.putChunk(0, 0, rows);
    closed.putOutcome(0, 0, rejected(rows.size()), rejections, List.of(), NOW);
    closed.report();

    List<@Nullable String> again = new ArrayList<>();
    try (ExportReader reader =
        ExportReader.open(
            new ByteArrayInputStream(closed.rejects().getBytes(UTF_8)),
            closed.job().format(),
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
    closed.key = "vip/1.jsonl";
    closed.header = new Header(List.of(), false);
    closed.read = 4;
    String line = "{ \"identity\": \"none\" ,\"n\":1.50}";
    closed.putChunk(
        0,
        0,
        List.of(
            new JsonRow(1, line, (ObjectNode) JSON.readTree(line)),
            new BrokenRow(2, "NOT_AN_OBJECT", "line 2 is none", "[1]"),
            new BrokenRow(3, "ROW_TOO_LARGE", "line 3 is too large", null),
            new JsonRow(4, "{}", JSON.createObjectNode())));
    closed.putOutcome(
        0,
        0,
        new RowCounts(4, 1, 3, 0, 0, 0, 0),
        List.of(rejection(1, "1"), rejection(2, "1"), rejection(3, "1")),
        List.of(),
        NOW);

    closed.report();

    assertThat(closed.ledger.report("rejects.csv")).isEmpty();
    assertThat(closed.ledger.report("rejects.jsonl"))
        .map(bytes -> new String(bytes, UTF_8))
        .contains(line + "\n[1]\n");
  }

  @Test
  void rejectsOfRejectsAreOfTheSameKind() {
    closed.key = "vip/1.jsonl";
    closed.header = new Header(List.of("identity"), true);
    closed.read = 1;
    closed.putChunk(0, 0, List.of(row(1, "a", "b")));
    closed.putOutcome(0, 0, rejected(1), List.of(rejection(1, "1")), List.of(), NOW);

    closed.report();

    assertThat(closed.rejects()).isEqualTo("identity,_row,_code,_reason\r\na,1,1,'-wrong\r\n");
  }

  @Test
  void hasNoRejectsWithoutAHeader() {
    closed.header = null;
    closed.ledger.run(1).putStop(STOP);

    assertThat(closed.report().columns()).isEmpty();
    assertThat(closed.ledger.report("rejects.csv")).isEmpty();
  }

  @Test
  void hasNoFileOfRejectsWhereNoRowIs() {
    closed.read = 1;
    closed.putOutcome(0, 0, new RowCounts(1, 1, 0, 0, 0, 0, 0), List.of(), List.of(), NOW);

    closed.report();

    assertThat(closed.ledger.report("rejects.csv")).isEmpty();
  }

  @Test
  void aDelimitedRowHasNoPlaceInAJsonlExport() {
    closed.key = "vip/1.jsonl";
    closed.header = new Header(List.of(), false);
    closed.read = 1;
    closed.putChunk(0, 0, List.of(row(1, "a", "b")));
    closed.putOutcome(0, 0, rejected(1), List.of(rejection(1, "1")), List.of(), NOW);

    assertThatThrownBy(closed::report).isInstanceOf(IllegalStateException.class);
    assertThat(closed.ledger.report("rejects.jsonl")).as("nothing appears in part").isEmpty();
  }

  @Test
  void aFileThatCantBeWrittenIsNoReport() {
    closed.read = 1;
    closed.putChunk(0, 0, List.of(row(1, "a", "b")));
    closed.putOutcome(0, 0, rejected(1), List.of(rejection(1, "1")), List.of(), NOW);
    closed.ledger =
        new Ledger(
                new ForwardingStore(closed.store) {
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

    assertThatThrownBy(closed::report).isInstanceOf(UncheckedIOException.class);
    assertThat(closed.ledger.report("report.json")).isEmpty();
  }

  /** Over 8 MiB it is written in parts. */
  @Test
  void writesMoreThanFitsIntoOneRequest() throws IOException {
    ObjectStore s3 = LoopbackAws.store();
    closed.ledger = new Ledger(s3, LoopbackAws.newBucket()).job("vip", "job");
    int rows = 20;
    closed.read = rows;
    String text = "x".repeat(1 << 19);
    closed.putChunk(
        0, 0, IntStream.rangeClosed(1, rows).mapToObj(i -> (Row) row(i, "u" + i, text)).toList());
    closed.putOutcome(
        0,
        0,
        rejected(rows),
        LongStream.rangeClosed(1, rows).mapToObj(i -> rejection(i, "1")).toList(),
        List.of(),
        NOW);

    closed.report();

    byte[] rejects = closed.ledger.report("rejects.csv").orElseThrow();
    assertThat(rejects).hasSizeGreaterThan(8 << 20);
    try (ExportReader reader =
        ExportReader.open(
            new ByteArrayInputStream(rejects), closed.job().format(), ReadPosition.START, null)) {
      for (int i = 1; i <= rows; i++) {
        assertThat(((DelimitedRow) reader.next()).text(0)).isEqualTo("u" + i);
      }
      assertThat(reader.next()).isNull();
    }
  }
}
