package io.tapline.job;

import io.tapline.aws.TimeBudget;
import io.tapline.chunk.ChunkId;
import io.tapline.chunk.ChunkMessage;
import io.tapline.clevertap.CallEnd;
import io.tapline.clevertap.CallTimes;
import io.tapline.clevertap.Caller;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.OpenRows.State;
import io.tapline.ledger.Outcome;
import io.tapline.ledger.RunLedger;
import io.tapline.ledger.Stop;
import io.tapline.sync.RecordKind;
import io.tapline.sync.Sync;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Pushes one chunk: maps and checks its rows, calls CleverTap, writes the outcome. A chunk of a
 * custom list becomes a part of it, without a call. Safe for use by several threads.
 */
public final class Push {

  /** How long a call that was noted may be another worker's on AWS. */
  public static final Duration HOLD = CallNotes.HOLD;

  private static final Duration FIRST_DELAY = Duration.ofSeconds(5);
  private static final Duration MAX_DELAY = Duration.ofMinutes(5);

  /**
   * A chunk of which CleverTap finds nothing well-formed may be bad luck; three mean that something
   * is wrong.
   */
  private static final int MALFORMED_CHUNKS = 3;

  private final Installation installation;
  private final int maxReceives;
  private final Duration hold;
  private final Plans plans = new Plans();

  /**
   * Pushes chunks of this installation.
   *
   * @param maxReceives how often the queue hands out a message before it is dead
   */
  public Push(Installation installation, int maxReceives) {
    this(installation, maxReceives, HOLD);
  }

  /**
   * Pushes chunks of this installation.
   *
   * @param maxReceives how often the queue hands out a message before it is dead
   * @param hold for how long a call that was noted may be somebody else's, who is in it: the
   *     longest that another worker may live; zero where this is the only one
   */
  public Push(Installation installation, int maxReceives, Duration hold) {
    this.installation = installation;
    this.maxReceives = maxReceives;
    this.hold = hold;
  }

  /**
   * Pushes the chunk that a message points to.
   *
   * @param receives how often the message was handed out, this time included
   * @param times takes the calls that are made, also where this fails
   */
  public PushResult push(ChunkMessage message, int receives, TimeBudget budget, CallTimes times) {
    JobLedger jobLedger = installation.ledger().job(message.sync(), message.job());
    RunLedger run = jobLedger.run(message.run());
    ChunkId chunk = message.chunk();
    Optional<Outcome> known = run.outcome(chunk);
    if (known.isPresent()) {
      stop(run, known.get());
      return new PushResult.Done();
    }
    try {
      return push(message, receives, budget, times, jobLedger, run);
    } catch (TakenException e) {
      return later(e.waitFor(), false, String.valueOf(e.getMessage()), receives);
    }
  }

  private PushResult push(
      ChunkMessage message,
      int receives,
      TimeBudget budget,
      CallTimes times,
      JobLedger jobLedger,
      RunLedger run) {
    Instant start = installation.clock().instant();
    ChunkId chunk = message.chunk();
    Plans.Plan plan = plans.of(message, jobLedger);
    Sync sync = plan.sync();
    CheckedRows rows = plan.check(OpenChunk.of(jobLedger, message, sync.isEvents()));
    if (sync.kind() == RecordKind.LIST_MEMBER) {
      ListPart part = new ListPart(run, chunk, rows.records(), rows.rejections());
      run.putOutcome(part.write(start, installation.clock().instant()));
      return new PushResult.Done();
    }
    CallNotes notes =
        new CallNotes(
            run.calls(chunk),
            sync.isEvents(),
            () -> run.outcome(chunk).isPresent(),
            installation.clock(),
            hold);
    Optional<Stop> stopped = run.stop();
    // A first call of events that was noted before shows itself when it is to be noted once more.
    boolean needsNoLook = sync.isEvents() && receives == 1 && stopped.isEmpty();
    Progress progress =
        needsNoLook
            ? Progress.start(rows)
            : Progress.resume(rows, notes.read(), sync.unknownOutcome());
    Optional<Stop> stop = Optional.empty();
    if (stopped.isPresent()) {
      progress.fates().giveUp(Fate.notSent(stopped.get()));
    } else {
      Delivery delivery =
          new Delivery(sync, caller(sync, progress, budget, times), progress, notes);
      Optional<CallEnd.TryLater> wait = delivery.deliver();
      if (wait.isPresent()) {
        CallEnd.TryLater end = wait.get();
        if (receives < maxReceives) {
          notes.leave(progress);
          return later(end.retryAfter(), end.outage(), end.reason(), receives);
        }
        progress.fates().giveUp(new Fate.Open(State.FAILED, end.code(), end.reason()));
      }
      stop = delivery.stop().or(() -> stopForMalformed(run, chunk, progress.fates()));
    }
    notes.close();
    Outcome outcome =
        progress.outcome(chunk, start, installation.clock().instant(), stop.orElse(null));
    run.putOutcome(outcome);
    stop(run, outcome);
    return new PushResult.Done();
  }

  private Caller caller(Sync sync, Progress progress, TimeBudget budget, CallTimes times) {
    return new Caller(
        installation.cleverTap(),
        installation.connections(),
        sync,
        installation.clock(),
        budget,
        progress.counts(),
        times);
  }

  /**
   * Stops the run where an outcome says so. Its outcome is written first: a chunk that is pushed
   * once more finds it, and does not take what CleverTap has for not sent.
   */
  static void stop(RunLedger run, Outcome outcome) {
    if (outcome.stop() != null) {
      run.putStop(outcome.stop());
    }
  }

  private static PushResult later(Duration asked, boolean outage, String reason, int receives) {
    int doublings = Math.min(receives - 1, 10);
    Duration grown = FIRST_DELAY.multipliedBy(1L << doublings);
    Duration delay = asked.compareTo(grown) > 0 ? asked : grown;
    return new PushResult.Later(delay.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : delay, outage, reason);
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
                + " chunks; no more are tried, see the reasons of the rows",
            null));
  }
}
