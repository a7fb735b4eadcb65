package io.tapline.job;

import io.tapline.aws.TimeBudget;
import io.tapline.chunk.ChunkId;
import io.tapline.chunk.ChunkMessage;
import io.tapline.clevertap.CallEnd;
import io.tapline.clevertap.CallTimes;
import io.tapline.clevertap.Caller;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.NotedCalls;
import io.tapline.ledger.OpenRows.State;
import io.tapline.ledger.Outcome;
import io.tapline.ledger.RunLedger;
import io.tapline.ledger.Stop;
import io.tapline.sync.RecordKind;
import io.tapline.sync.Sync;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** One receive of a chunk's message. Not thread-safe. */
final class ChunkPush {

  /**
   * A chunk of which CleverTap finds nothing well-formed may be bad luck; three mean that something
   * is wrong.
   */
  private static final int MALFORMED_CHUNKS = 3;

  private final Installation installation;
  private final Plans plans;
  private final Duration hold;
  private final ChunkMessage message;
  private final boolean isFirst;
  private final boolean isLast;
  private final ChunkId chunk;
  private final JobLedger job;
  private final RunLedger run;

  /**
   * A push that is to be begun.
   *
   * @param hold for how long a call that was noted may be another worker's
   * @param isFirst whether the queue hands the message out for the first time
   * @param isLast whether it hands it out for the last time, so that nothing can wait
   */
  ChunkPush(
      Installation installation,
      Plans plans,
      Duration hold,
      ChunkMessage message,
      boolean isFirst,
      boolean isLast) {
    this.installation = installation;
    this.plans = plans;
    this.hold = hold;
    this.message = message;
    this.isFirst = isFirst;
    this.isLast = isLast;
    this.chunk = message.chunk();
    this.job = installation.ledger().job(message.sync(), message.job());
    this.run = job.run(message.run());
  }

  /**
   * Pushes the chunk. All that is known of it is read at once.
   *
   * @param times takes the calls that are made, also where this fails
   * @return why some of it has to wait; empty when it has its outcome
   * @throws TakenException when another invocation has the chunk
   */
  Optional<CallEnd.TryLater> push(TimeBudget budget, CallTimes times) {
    Instant start = installation.clock().instant();
    Reading<Optional<Outcome>> known = read(() -> run.outcome(chunk));
    Reading<Optional<Stop>> stop = read(run::stop);
    Plans.Plan plan;
    try {
      plan = plans.of(message, job);
    } catch (RuntimeException e) {
      // Of a job that has expired an outcome may be left.
      if (isDone(known)) {
        return Optional.empty();
      }
      throw e;
    }
    Sync sync = plan.sync();
    Reading<OpenChunk> open = read(() -> OpenChunk.of(job, message, sync.isEvents()));
    CallNotes notes = notes(sync);
    boolean needsNotes = needsNotes(sync);
    Supplier<NotedCalls> noted = needsNotes ? read(notes::read)::await : notes::read;

    if (isDone(known)) {
      return Optional.empty();
    }
    CheckedRows rows = plan.check(open.await());
    Optional<Stop> stopped = stop.await();
    if (sync.kind() == RecordKind.LIST_MEMBER) {
      ListPart part = new ListPart(run, chunk, rows.records(), rows.rejections());
      run.putOutcome(part.write(stopped, start, installation.clock().instant()));
      return Optional.empty();
    }
    Progress progress =
        needsNotes || stopped.isPresent()
            ? Progress.resume(rows, noted.get(), sync.unknownOutcome())
            : Progress.start(rows);
    Optional<Stop> stopping = Optional.empty();
    if (stopped.isPresent()) {
      progress.fates().giveUp(Fate.notSent(stopped.get()));
    } else {
      Delivery delivery =
          new Delivery(sync, caller(sync, progress, budget, times), progress, notes);
      Optional<CallEnd.TryLater> wait = deliver(delivery, progress, notes);
      if (wait.isPresent()) {
        return wait;
      }
      stopping = delivery.stop().or(() -> stopForMalformed(progress.fates()));
    }
    notes.close();
    Outcome outcome =
        progress.outcome(chunk, start, installation.clock().instant(), stopping.orElse(null));
    run.putOutcome(outcome);
    stop(run, outcome);
    return Optional.empty();
  }

  /** Delivers what can be delivered now; what can't is given up when nothing can wait any more. */
  private Optional<CallEnd.TryLater> deliver(
      Delivery delivery, Progress progress, CallNotes notes) {
    Optional<CallEnd.TryLater> wait = delivery.deliver();
    if (wait.isPresent() && isLast) {
      CallEnd.TryLater end = wait.get();
      progress.fates().giveUp(new Fate.Open(State.FAILED, end.code(), end.reason()));
      return Optional.empty();
    }
    if (wait.isPresent()) {
      notes.leave(progress);
    }
    return wait;
  }

  private <T> Reading<T> read(Supplier<T> read) {
    return Reading.begin(installation.reads(), read);
  }

  /** Whether an earlier receive has come to an outcome. */
  private boolean isDone(Reading<Optional<Outcome>> known) {
    Optional<Outcome> outcome = known.await();
    outcome.ifPresent(before -> stop(run, before));
    return outcome.isPresent();
  }

  private CallNotes notes(Sync sync) {
    return new CallNotes(
        run.calls(chunk),
        sync.isEvents(),
        () -> run.outcome(chunk).isPresent(),
        installation.clock(),
        hold);
  }

  /**
   * Whether the notes of earlier receives have to be looked at before a call. A part of a list is
   * made without one; and a first call of events that was noted before shows itself when it is to
   * be noted once more.
   */
  private boolean needsNotes(Sync sync) {
    return sync.kind() != RecordKind.LIST_MEMBER && !(sync.isEvents() && isFirst);
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

  private Optional<Stop> stopForMalformed(Fates fates) {
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

  /**
   * Stops the run where an outcome says so. Its outcome is written first: a chunk that is pushed
   * once more finds it, and does not take what CleverTap has for not sent.
   */
  static void stop(RunLedger run, Outcome outcome) {
    if (outcome.stop() != null) {
      run.putStop(outcome.stop());
    }
  }
}
