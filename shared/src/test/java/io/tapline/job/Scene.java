package io.tapline.job;

import io.tapline.aws.Clock;
import io.tapline.aws.ForwardingStore;
import io.tapline.aws.ObjectStore;
import io.tapline.aws.ObjectVersion;
import io.tapline.aws.TimeBudget;
import io.tapline.chunk.ChunkId;
import io.tapline.ledger.Job;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.Mark;
import io.tapline.ledger.Stop;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** A sync, its exports and their jobs, over the parts of an installation in memory. */
final class Scene {

  static final String BUCKET = "exports";
  static final String SYNC = "vip";
  static final String KEY = "vip/profiles.csv";

  static final String PROFILES =
      "\"target\":\"USER_PROFILES\",\"operation\":\"UPLOAD_USER_PROFILES\"";
  static final String SKIPPING = PROFILES + ",\"skipOnInvalidRecord\":true";
  static final String EVENTS = "\"target\":\"USER_EVENTS\",\"skipOnInvalidRecord\":true";

  /** Of {@link #stage}: few, so that a small export has several marks. */
  static final int ROWS_PER_MARK = 1000;

  private final MemoryInstallation parts = new MemoryInstallation();
  private final Installation installation =
      parts.with(
          (connection, path, json, timeout) -> {
            throw new AssertionError("nobody calls CleverTap here");
          });

  MemoryInstallation parts() {
    return parts;
  }

  Installation installation() {
    return installation;
  }

  Ledger ledger() {
    return parts.ledger();
  }

  /** The same installation, but with an S3 that goes another way. */
  Installation over(ObjectStore store) {
    return new Installation(
        store,
        new Ledger(store, MemoryInstallation.WORK_BUCKET),
        installation.queue(),
        installation.connections(),
        installation.cleverTap(),
        installation.clock());
  }

  /** The same installation, but {@code before} happens before each write to the work bucket. */
  Installation beforeWrites(BiConsumer<String, byte[]> before) {
    return over(
        new ForwardingStore(parts.store()) {
          @Override
          public boolean putIfAbsent(String bucket, String key, byte[] content) {
            before.accept(key, content);
            return super.putIfAbsent(bucket, key, content);
          }

          @Override
          public void put(String bucket, String key, byte[] content) {
            before.accept(key, content);
            super.put(bucket, key, content);
          }
        });
  }

  /** The same installation, but it dies before it writes to this folder of the work bucket. */
  Installation dyingBefore(String folder) {
    return beforeWrites(
        (key, content) -> {
          if (key.startsWith(folder)) {
            throw new Crash();
          }
        });
  }

  /** Writes the sync's file. */
  void sync(String settings) {
    sync(SYNC, "vip/", settings);
  }

  void sync(String name, String prefix, String settings) {
    String json = "{\"connection\":\"prod\",\"prefix\":\"%s\",%s}".formatted(prefix, settings);
    ledger().putSyncFile(name, json.getBytes(StandardCharsets.UTF_8));
  }

  /** Puts an export, a minute after whatever was put before. */
  ObjectVersion put(String key, byte[] content) {
    parts.clock().sleep(Duration.ofMinutes(1));
    parts.store().put(BUCKET, key, content);
    return parts.store().head(BUCKET, key, null).orElseThrow();
  }

  ObjectVersion put(String key, String content) {
    return put(key, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Puts a version of {@link #KEY} at this moment; its ETag is its id. */
  ObjectVersion putVersion(String id, String content) {
    return parts
        .store()
        .put(
            new ObjectVersion(BUCKET, KEY, id, "\"" + id + "\"", 0, parts.clock().instant()),
            content.getBytes(StandardCharsets.UTF_8));
  }

  /** Puts an export and opens its job. */
  Job open(String key, byte[] content) {
    put(key, content);
    return ((Opened.Open) new Opening(installation).open(arrival(key))).job();
  }

  Job open(String key, String content) {
    return open(key, content.getBytes(StandardCharsets.UTF_8));
  }

  static Arrival arrival(String key) {
    return new Arrival(BUCKET, key, null, null);
  }

  JobLedger job(Job job) {
    return ledger().job(job.sync(), job.id());
  }

  /** Stages a job to its end. */
  Mark stage(Job job) {
    return new Staging(installation, ROWS_PER_MARK).stage(job, unlimited()).orElseThrow();
  }

  /** Why the first run of a job was stopped. */
  Stop stop(Job job) {
    return job(job).run(1).stop().orElseThrow();
  }

  /** How many rows are in the chunks that a mark counts. */
  long rowsIn(Job job, Mark mark) {
    long rows = 0;
    for (int lane = 0; lane < mark.chunks().size(); lane++) {
      for (int number = 0; number < mark.chunks().get(lane); number++) {
        rows += job(job).chunk(new ChunkId(lane, number)).size();
      }
    }
    return rows;
  }

  void minutes(int minutes) {
    parts.clock().sleep(Duration.ofMinutes(minutes));
  }

  TimeBudget unlimited() {
    return TimeBudget.unlimited(parts.clock());
  }

  /** A budget that is used up as soon as a mark with this number is there. */
  TimeBudget untilMark(int number) {
    return TimeBudget.of(
        new Clock() {
          @Override
          public Instant instant() {
            boolean isThere =
                objects("jobs/").keySet().stream()
                    .anyMatch(key -> key.endsWith("/staging/" + number + ".json"));
            return isThere ? Instant.MAX.minusSeconds(60) : Instant.EPOCH;
          }

          @Override
          public void sleep(Duration duration) {}
        },
        Duration.ofMinutes(1));
  }

  /** The objects of the work bucket with this prefix. */
  Map<String, ByteBuffer> objects(String prefix) {
    Map<String, ByteBuffer> objects = new TreeMap<>();
    for (String key : parts.store().list(MemoryInstallation.WORK_BUCKET, prefix, null).items()) {
      objects.put(
          key,
          ByteBuffer.wrap(parts.store().get(MemoryInstallation.WORK_BUCKET, key).orElseThrow()));
    }
    return objects;
  }

  /** The chunks of a job. */
  Map<String, ByteBuffer> chunks(Job job) {
    return objects("jobs/" + job.sync() + "/" + job.id() + "/chunks/");
  }

  /** What a function that dies leaves its caller with. */
  static final class Crash extends RuntimeException {

    private static final long serialVersionUID = 1L;
  }
}
