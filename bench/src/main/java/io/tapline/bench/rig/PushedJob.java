package io.tapline.bench.rig;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapline.aws.Clock;
import io.tapline.aws.ObjectStore;
import io.tapline.aws.ObjectVersion;
import io.tapline.aws.TimeBudget;
import io.tapline.export.Header;
import io.tapline.export.ReadPosition;
import io.tapline.job.Finish;
import io.tapline.job.Installation;
import io.tapline.ledger.Job;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.Mark;
import io.tapline.ledger.OpenRun;
import io.tapline.ledger.Outcome;
import io.tapline.ledger.Part;
import io.tapline.ledger.Released;
import io.tapline.ledger.RowCounts;
import io.tapline.ledger.RunLedger;
import io.tapline.record.ColumnTypes;
import io.tapline.report.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A job whose chunks were pushed, so that its run can be closed, written without pushing it. */
public final class PushedJob {

  /** How large each part of a list is. */
  public static final int PART_BYTES = SimulatedParts.BYTES;

  /** The bucket that the store must have. */
  public static final String WORK_BUCKET = StagingRig.WORK_BUCKET;

  private static final int LANES = 10;
  private static final int WRITES_AT_ONCE = 16;
  private static final Instant TIME = Instant.parse("2026-11-24T12:00:00Z");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final String PROFILES =
      """
      {"connection": "stand-in", "prefix": "bench/", "target": "USER_PROFILES",
       "operation": "UPLOAD_USER_PROFILES", "threadCount": 10}
      """;

  private static final String LIST =
      """
      {"connection": "stand-in", "prefix": "bench/", "target": "CUSTOM_LIST", "threadCount": 10,
       "customList": {"name": "Bench", "userEmail": "admin@example.com",
        "mode": "CREATE_NEW_SEGMENT"}}
      """;

  private final Installation installation;
  private final InstantCleverTap cleverTap = new InstantCleverTap();
  private final int chunks;
  private final int rowsPerChunk;
  private final @Nullable Part part;

  private PushedJob(ObjectStore store, int chunks, int rowsPerChunk, @Nullable Part part) {
    Clock clock = Clock.system();
    this.installation =
        new Installation(
            store,
            new Ledger(store, StagingRig.WORK_BUCKET),
            new NoQueue(),
            new OneConnection(),
            cleverTap,
            clock,
            Installation.newReads());
    this.chunks = chunks;
    this.rowsPerChunk = rowsPerChunk;
    this.part = part;
  }

  /** A job of profiles, 1000 in each chunk. */
  public static PushedJob ofProfiles(ObjectStore store, int chunks) {
    return new PushedJob(store, chunks, 1000, null);
  }

  /** A job of a custom list, the parts of which are made up as they are read. */
  public static PushedJob ofList(ObjectStore store, int chunks) {
    return new PushedJob(
        new SimulatedParts(store),
        chunks,
        SimulatedParts.ROWS,
        new Part(SimulatedParts.ROWS, SimulatedParts.BYTES));
  }

  /** Writes it to the ledger. */
  public void write() {
    write(chunks);
  }

  /**
   * Writes it to the ledger, as it is while some of its chunks are still being pushed.
   *
   * @param done how many chunks have an outcome
   */
  public void write(int done) {
    Job job = job();
    JobLedger jobLedger = installation.ledger().job(job.sync(), job.id());
    jobLedger.putJob(job);
    jobLedger.putMark(mark());
    installation.ledger().putOpen(new OpenRun(job.sync(), job.id(), 1));
    RunLedger run = jobLedger.run(1);
    run.putReleasing(0);
    run.putReleased(new Released(0, chunks, true, TIME));
    try (ExecutorService writers = Executors.newFixedThreadPool(WRITES_AT_ONCE)) {
      for (int chunk = 0; chunk < done; chunk++) {
        int index = chunk;
        writers.execute(() -> run.putOutcome(outcome(index)));
      }
    }
  }

  /**
   * Lets the finalizer look after the open runs once.
   *
   * @return the reports of the jobs that it closed
   */
  public List<Report> finish() {
    List<Report> reports = new ArrayList<>();
    new Finish(installation, Duration.ZERO)
        .finish(TimeBudget.unlimited(installation.clock()), run -> reports.add(run.report()));
    return reports;
  }

  /** Bytes of custom lists that CleverTap has got. */
  public long listBytes() {
    return cleverTap.listBytes();
  }

  private Job job() {
    try {
      return new Job(
          StagingRig.JOB,
          StagingRig.SYNC,
          new ObjectVersion("exports", "bench/export.csv", null, "\"made-up\"", 1, TIME),
          JSON.readTree(part == null ? PROFILES : LIST),
          LANES,
          TIME);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Mark mark() {
    List<Integer> lanes = new ArrayList<>();
    for (int lane = 0; lane < LANES; lane++) {
      lanes.add((chunks + LANES - 1 - lane) / LANES);
    }
    return new Mark(
        0,
        new Header(List.of("type", "identity"), false),
        ReadPosition.START,
        (long) chunks * rowsPerChunk,
        0,
        lanes,
        null,
        null,
        0,
        List.of(),
        true,
        new ColumnTypes(List.of(), List.of()),
        null);
  }

  private Outcome outcome(int chunk) {
    long accepted = part == null ? rowsPerChunk : 0;
    return new Outcome(
        chunk % LANES,
        chunk / LANES,
        new RowCounts(rowsPerChunk, accepted, 0, 0, 0, 0, 0),
        List.of(),
        List.of(),
        0,
        1,
        0,
        0,
        TIME,
        TIME.plusMillis(300),
        null,
        part);
  }
}
