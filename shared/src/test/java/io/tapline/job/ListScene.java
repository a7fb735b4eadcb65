package io.tapline.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapline.aws.ObjectVersion;
import io.tapline.chunk.ChunkId;
import io.tapline.export.Header;
import io.tapline.export.ReadPosition;
import io.tapline.ledger.Job;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Mark;
import io.tapline.ledger.OpenRows;
import io.tapline.ledger.OpenRun;
import io.tapline.ledger.Outcome;
import io.tapline.ledger.Part;
import io.tapline.ledger.Released;
import io.tapline.ledger.RowCounts;
import io.tapline.ledger.RunLedger;
import io.tapline.record.ColumnTypes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A job of a custom list, whose workers are through. */
final class ListScene {

  static final String SYNC = "vips";
  static final String JOB = "20261124T000000Z-0123456789abcdef";
  static final String EMAIL = "admin@example.com";

  private final MemoryInstallation parts = new MemoryInstallation();
  private final JobLedger ledger = parts.ledger().job(SYNC, JOB);
  private final RunLedger run = ledger.run(1);
  private final boolean replace;
  private final List<Integer> chunks = new ArrayList<>();
  private int rows;

  ListScene(boolean replace) {
    this.replace = replace;
  }

  MemoryInstallation parts() {
    return parts;
  }

  JobLedger ledger() {
    return ledger;
  }

  RunLedger run() {
    return run;
  }

  /** Writes a chunk's part and outcome; the chunks of a lane one after another. */
  void chunk(int lane, String... members) {
    byte[] csv = String.join("", members).getBytes(StandardCharsets.UTF_8);
    ChunkId chunk = next(lane);
    run.putPart(chunk, csv);
    outcome(
        chunk,
        new RowCounts(members.length, 0, 0, 0, 0, 0, 0),
        new Part(members.length, csv.length));
  }

  /** Writes the outcome of a chunk that has no part. */
  void outcome(int lane, RowCounts counts) {
    outcome(next(lane), counts, null);
  }

  void outcome(ChunkId chunk, RowCounts counts, @Nullable Part part) {
    List<OpenRows> open = new ArrayList<>();
    leave(open, OpenRows.State.FAILED, counts.failed());
    leave(open, OpenRows.State.NOT_SENT, counts.notSent());
    Instant now = parts.clock().instant();
    rows += (int) counts.read();
    run.putOutcome(
        new Outcome(
            chunk.lane(),
            chunk.number(),
            counts,
            List.of(),
            open,
            0,
            0,
            0,
            0,
            now,
            now,
            null,
            part));
  }

  private static void leave(List<OpenRows> open, OpenRows.State state, long rows) {
    if (rows > 0) {
      List<Long> numbers = LongStream.rangeClosed(1, rows).boxed().toList();
      open.add(new OpenRows(state, "OUT_OF_TIME", "over", numbers));
    }
  }

  private ChunkId next(int lane) {
    while (chunks.size() <= lane) {
      chunks.add(0);
    }
    int number = chunks.get(lane);
    chunks.set(lane, number + 1);
    return new ChunkId(lane, number);
  }

  Job job() {
    String settings =
        """
        {"connection":"prod","prefix":"vips/","target":"CUSTOM_LIST","skipOnInvalidRecord":true,
         "customList":{"name":"VIPs","userEmail":"%s","mode":"%s"}}\
        """
            .formatted(EMAIL, replace ? "UPDATE_EXISTING_SEGMENT" : "CREATE_NEW_SEGMENT");
    try {
      return new Job(
          JOB,
          SYNC,
          new ObjectVersion("exports", "vips/1.csv", null, "\"e\"", 1, Instant.EPOCH),
          new ObjectMapper().readTree(settings),
          Math.max(1, chunks.size()),
          parts.clock().instant());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** The end of staging, with the chunks so far. */
  Mark staged() {
    return new Mark(
        0,
        new Header(List.of("type", "identity"), false),
        ReadPosition.START,
        rows,
        0,
        List.copyOf(chunks),
        null,
        null,
        0,
        List.of(),
        true,
        new ColumnTypes(List.of(), List.of()),
        null);
  }

  /** Writes down that all chunks are queued and the run is open, for a finalizer. */
  void open() {
    ledger.putJob(job());
    ledger.putMark(staged());
    run.putReleasing(0);
    run.putReleased(new Released(0, staged().totalChunks(), true, parts.clock().instant()));
    parts.ledger().putOpen(new OpenRun(SYNC, JOB, 1));
  }
}
