package io.tapline.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapline.aws.ObjectStore;
import io.tapline.aws.ObjectVersion;
import io.tapline.aws.TimeBudget;
import io.tapline.chunk.ChunkBuffer;
import io.tapline.chunk.ChunkId;
import io.tapline.chunk.ChunkMessage;
import io.tapline.chunk.StoredRows;
import io.tapline.clevertap.CallTimes;
import io.tapline.clevertap.CleverTapApi;
import io.tapline.export.Header;
import io.tapline.export.JsonRow;
import io.tapline.export.ReadPosition;
import io.tapline.ledger.Job;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.Mark;
import io.tapline.ledger.Outcome;
import io.tapline.ledger.RunLedger;
import io.tapline.record.ColumnTypes;
import io.tapline.sync.Connection;
import io.tapline.sync.ConnectionSource;
import io.tapline.sync.SettingsException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;

/** A job of one lane, staged and ready to be pushed. Row {@code n} is about user {@code u<n>}. */
final class StagedJob {

  static final String ID = "20261124T000000Z-0123456789abcdef";
  static final int MAX_RECEIVES = 90;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final MemoryInstallation parts = new MemoryInstallation();
  private final JobLedger ledger = parts.ledger().job("vip", ID);

  MemoryInstallation parts() {
    return parts;
  }

  RunLedger run() {
    return ledger.run(1);
  }

  Outcome outcome() {
    return run().outcome(chunk(0)).orElseThrow();
  }

  static ChunkId chunk(int number) {
    return new ChunkId(0, number);
  }

  /** Opens a job of one chunk; its fourth row is invalid. */
  void open(String settings, int rows) {
    try {
      ledger.putJob(
          new Job(
              ID,
              "vip",
              new ObjectVersion("exports", "vip.jsonl", null, "\"e\"", 1, Instant.EPOCH),
              JSON.readTree("{\"connection\":\"prod\",\"prefix\":\"exports/\"," + settings + "}"),
              1,
              Instant.EPOCH));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
    ledger.putMark(
        new Mark(
            0,
            new Header(List.of(), false),
            ReadPosition.START,
            rows,
            0,
            List.of(1),
            null,
            null,
            0,
            List.of(),
            true,
            new ColumnTypes(List.of(), List.of()),
            null));
    putChunk(0, rows);
  }

  void putChunk(int number, int rows) {
    ChunkBuffer buffer = new ChunkBuffer(1000);
    for (int row = 1; row <= rows; row++) {
      ObjectNode object = JSON.createObjectNode();
      object.put("identity", row == 4 ? "none" : "u" + row);
      object.put("evtName", "Bought");
      buffer.add(new JsonRow(row, object.toString(), object));
    }
    ledger.putChunk(chunk(number), StoredRows.pack(buffer.drain()));
  }

  PushResult push(CleverTapApi api, int receives) {
    return push(api, parts.store(), 0, receives);
  }

  /** Pushes a chunk through this S3. */
  PushResult push(CleverTapApi api, ObjectStore store, int number, int receives) {
    return push(api, store, parts.with(api).connections(), Runnable::run, number, receives);
  }

  /** Pushes the first chunk with reads that run so. */
  PushResult push(CleverTapApi api, ObjectStore store, Executor reads, int receives) {
    return push(api, store, parts.with(api).connections(), reads, 0, receives);
  }

  /** Pushes the first chunk where its connection is missing. */
  PushResult pushWithoutConnection(CleverTapApi api, int receives) {
    ConnectionSource none =
        new ConnectionSource() {
          @Override
          public Connection get(String name) {
            throw new SettingsException("no connection " + name);
          }

          @Override
          public Connection refresh(String name) {
            return get(name);
          }
        };
    return push(api, parts.store(), none, Runnable::run, 0, receives);
  }

  private PushResult push(
      CleverTapApi api,
      ObjectStore store,
      ConnectionSource connections,
      Executor reads,
      int number,
      int receives) {
    Installation installation =
        new Installation(
            store,
            new Ledger(store, MemoryInstallation.WORK_BUCKET),
            parts.queue(),
            connections,
            api,
            parts.clock(),
            reads);
    return new Push(installation, MAX_RECEIVES)
        .push(
            ChunkMessage.of("vip", ID, 1, chunk(number)),
            receives,
            TimeBudget.unlimited(parts.clock()),
            new CallTimes());
  }
}
