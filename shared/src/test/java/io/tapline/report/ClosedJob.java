package io.tapline.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapline.aws.MemoryObjectStore;
import io.tapline.aws.ObjectVersion;
import io.tapline.aws.SetClock;
import io.tapline.chunk.ChunkBuffer;
import io.tapline.chunk.ChunkId;
import io.tapline.chunk.StoredRows;
import io.tapline.export.DelimitedRow;
import io.tapline.export.Header;
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
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A job whose run is over, and its report; tests set what it is made of. */
final class ClosedJob {

  static final Instant OPENED = Instant.parse("2026-11-24T00:00:00Z");
  static final Instant NOW = Instant.parse("2026-11-24T00:10:00Z");
  static final Stop STOP = new Stop("BECAUSE", "of this", null);
  static final String BUCKET = "tapline-work";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  final MemoryObjectStore store = new MemoryObjectStore(new SetClock());
  JobLedger ledger = new Ledger(store, BUCKET).job("vip", "job");
  String key = "vip/1.csv";
  @Nullable Header header = new Header(List.of("identity", "phone"), false);
  long read;
  long skipped;
  List<Integer> chunks = List.of(1);
  List<Rejection> invalid = List.of();
  long invalidCount;
  @Nullable ColumnTypes types;

  /** Writes it, with what comes with it. */
  Report report() {
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

  Job job() {
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

  /** The file of rejected rows that was written with it. */
  String rejects() {
    return new String(ledger.report("rejects.csv").orElseThrow(), UTF_8);
  }

  void putChunk(int lane, int number, List<Row> rows) {
    ChunkBuffer buffer = new ChunkBuffer(1000);
    rows.forEach(buffer::add);
    ledger.putChunk(new ChunkId(lane, number), StoredRows.pack(buffer.drain()));
  }

  void putOutcome(
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

  static RowCounts rejected(long rows) {
    return new RowCounts(rows, 0, rows, 0, 0, 0, 0);
  }

  static Rejection rejection(long row, String code) {
    return new Rejection(row, By.TAPLINE, code, "phone", "-wrong");
  }

  static List<OpenRows> open(State state, int... rows) {
    return List.of(
        new OpenRows(state, "503", "down", Arrays.stream(rows).mapToObj(Long::valueOf).toList()));
  }

  static DelimitedRow row(long number, @Nullable String... cells) {
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
