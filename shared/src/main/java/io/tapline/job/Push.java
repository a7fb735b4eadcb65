package io.tapline.job;

import io.tapline.aws.TimeBudget;
import io.tapline.chunk.ChunkId;
import io.tapline.chunk.ChunkMessage;
import io.tapline.clevertap.CallCounts;
import io.tapline.clevertap.CallEnd;
import io.tapline.clevertap.Caller;
import io.tapline.export.Row;
import io.tapline.ledger.Job;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Mark;
import io.tapline.ledger.Outcome;
import io.tapline.ledger.RowCounts;
import io.tapline.ledger.RunLedger;
import io.tapline.ledger.Stop;
import io.tapline.record.ColumnTypes;
import io.tapline.record.Columns;
import io.tapline.record.Mapped;
import io.tapline.record.RecordMapper;
import io.tapline.record.Rejection;
import io.tapline.sync.Sync;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Pushes one chunk: maps and checks its rows, calls CleverTap, writes the outcome. Safe for use by
 * several threads.
 */
public final class Push {

  private static final Duration FIRST_DELAY = Duration.ofSeconds(5);
  private static final Duration MAX_DELAY = Duration.ofMinutes(5);

  /**
   * A chunk of which CleverTap finds nothing well-formed may be bad luck; three mean that something
   * is wrong.
   */
  private static final int MALFORMED_CHUNKS = 3;

  /** Few jobs are pushed at a time; a small cache spares each chunk the reading of its job. */
  private static final int CACHED_JOBS = 16;

  private final Installation installation;
  private final int maxReceives;
  private final Map<String, Plan> plans = new ConcurrentHashMap<>();

  /**
   * Pushes chunks of this installation.
   *
   * @param maxReceives how often the queue hands out a message before it is dead
   */
  public Push(Installation installation, int maxReceives) {
    this.installation = installation;
    this.maxReceives = maxReceives;
  }

  /**
   * Pushes the chunk that a message points to.
   *
   * @param receives how often the message was handed out, this time included
   */
  public PushResult push(ChunkMessage message, int receives, TimeBudget budget) {
    JobLedger jobLedger = installation.ledger().job(message.sync(), message.job());
    RunLedger run = jobLedger.run(message.run());
    ChunkId chunk = message.chunk();
    Optional<Outcome> known = run.outcome(chunk);
    if (known.isPresent()) {
      stop(run, known.get());
      return new PushResult.Done();
    }
    Instant start = installation.clock().instant();
    Plan plan = plan(message, jobLedger);
    List<Mapped> records = new ArrayList<>();
    List<Rejection> rejections = new ArrayList<>();
    RecordMapper mapper = plan.newMapper();
    for (Row row : new OpenChunk(jobLedger, message, plan.sync.isEvents()).rows()) {
      switch (mapper.map(row)) {
        case Mapped mapped -> records.add(mapped);
        case Rejection rejection -> rejections.add(rejection);
      }
    }
    Caller caller =
        new Caller(
            installation.cleverTap(),
            installation.connections(),
            plan.sync,
            installation.clock(),
            budget);
    Delivery delivery = new Delivery(plan.sync, caller, records);
    Fates fates = delivery.fates();
    Optional<Stop> stopped = run.stop();
    Optional<Stop> stop = Optional.empty();
    if (stopped.isPresent()) {
      fates.giveUp(Fate.notSent(stopped.get()));
    } else {
      Optional<CallEnd.TryLater> wait = delivery.deliver();
      if (wait.isPresent()) {
        if (!mustEndNow(plan.sync, fates, receives)) {
          return later(wait.get(), receives);
        }
        delivery.giveUp(wait.get());
      }
      stop = delivery.stop().or(() -> stopForMalformed(run, chunk, fates));
    }
    Outcome outcome = outcome(chunk, fates, rejections, caller.counts(), start, stop.orElse(null));
    run.putOutcome(outcome);
    stop(run, outcome);
    return new PushResult.Done();
  }

  /**
   * Stops the run where an outcome says so. Its outcome is written first: a chunk that is pushed
   * once more finds it, and does not take what CleverTap has for not sent.
   */
  private static void stop(RunLedger run, Outcome outcome) {
    if (outcome.stop() != null) {
      run.putStop(outcome.stop());
    }
  }

  /**
   * Whether a chunk that should wait gets its outcome all the same: at the last allowed receive,
   * and where some of its events are, or may be, taken already, since the next receive would not
   * know which and send them twice.
   */
  private boolean mustEndNow(Sync sync, Fates fates, int receives) {
    return receives >= maxReceives || (sync.isEvents() && fates.anyMayBeTaken());
  }

  private static PushResult later(CallEnd.TryLater end, int receives) {
    int doublings = Math.min(receives - 1, 10);
    Duration grown = FIRST_DELAY.multipliedBy(1L << doublings);
    Duration delay = end.retryAfter().compareTo(grown) > 0 ? end.retryAfter() : grown;
    return new PushResult.Later(
        delay.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : delay, end.outage(), end.reason());
  }

  private static Optional<Stop> stopForMalformed(RunLedger run, ChunkId chunk, Fates fates) {
    if (!fates.isWhollyMalformed() || run.putMalformed(chunk) < MALFORMED_CHUNKS) {
      return Optional.empty();
    }
    return Optional.of(
        new Stop(
            "MALFORMED_CALLS",
            "CleverTap answered HTTP 400 to every record of "
                + MALFORMED_CHUNKS
                + " chunks; no more are tried",
            null));
  }

  private Outcome outcome(
      ChunkId chunk,
      Fates fates,
      List<Rejection> rejections,
      CallCounts counts,
      Instant start,
      @Nullable Stop stop) {
    RowCounts rejected = new RowCounts(rejections.size(), 0, rejections.size(), 0, 0, 0, 0);
    List<Rejection> all = new ArrayList<>(rejections);
    all.addAll(fates.refusals());
    all.sort(Comparator.comparingLong(Rejection::row));
    return new Outcome(
        chunk.lane(),
        chunk.number(),
        fates.counts().plus(rejected),
        all,
        fates.open(),
        counts.recordsSentAgain(),
        counts.calls(),
        counts.retries(),
        counts.throttledCalls(),
        start,
        installation.clock().instant(),
        stop);
  }

  private Plan plan(ChunkMessage message, JobLedger jobLedger) {
    Plan cached = plans.get(message.job());
    if (cached != null) {
      return cached;
    }
    Job job =
        jobLedger.job().orElseThrow(() -> new IllegalStateException("no job " + message.job()));
    Mark staged =
        jobLedger
            .lastMark()
            .orElseThrow(() -> new IllegalStateException("job not staged: " + message.job()));
    Sync sync = job.toSync();
    Columns columns = Columns.of(sync, Objects.requireNonNull(staged.header()).names());
    Plan plan =
        new Plan(
            sync, columns, Objects.requireNonNull(staged.decided()), job.export().lastModified());
    if (plans.size() >= CACHED_JOBS) {
      plans.clear();
    }
    plans.put(message.job(), plan);
    return plan;
  }

  /** What the chunks of one job have in common. */
  private record Plan(Sync sync, Columns columns, ColumnTypes types, Instant exportLastModified) {

    RecordMapper newMapper() {
      return RecordMapper.of(sync, columns, types, exportLastModified);
    }
  }
}
