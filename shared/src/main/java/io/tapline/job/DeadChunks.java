package io.tapline.job;

import io.tapline.aws.DeadLetters;
import io.tapline.aws.DeadLetters.Letter;
import io.tapline.aws.TimeBudget;
import io.tapline.chunk.ChunkId;
import io.tapline.chunk.ChunkMessage;
import io.tapline.job.DeadChunk.End;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.OpenRows.State;
import io.tapline.ledger.Outcome;
import io.tapline.ledger.RunLedger;
import io.tapline.sync.Sync;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes the outcomes of chunks that no worker came to an end with, so that their runs can be
 * closed. A worker does that itself at the last receive of a message; what dies all the same is the
 * message of one that was killed there, or that could not write.
 *
 * <p>No call is made: what CleverTap has taken, as far as that was noted, stays accepted, what a
 * call may have brought is unknown, and the rest is failed. Safe for use by several threads.
 */
public final class DeadChunks {

  private static final Fate.Open DEAD_LETTER =
      new Fate.Open(
          State.FAILED,
          "DEAD_LETTER",
          "no worker came to an end with their chunk, as often as the queue handed it out");

  /** The rest of an invocation's time is for the runs; a large list takes most of it. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  /** More than the chunks of one receive take. */
  private static final Duration ONE_RECEIVE = Duration.ofSeconds(30);

  private final Installation installation;
  private final DeadLetters letters;
  private final Plans plans = new Plans();

  /** The chunks of this installation whose messages are among these. */
  public DeadChunks(Installation installation, DeadLetters letters) {
    this.installation = installation;
    this.letters = letters;
  }

  /**
   * Takes what is there, as far as the time goes. A message that fails stays, and does not keep the
   * others from being taken.
   *
   * @param told of each message whose end is known, before it is deleted: one that can't be deleted
   *     comes again, with another end, and is told again
   * @throws RuntimeException the first failure, with the others as suppressed ones
   */
  public void giveUp(TimeBudget budget, Consumer<DeadChunk> told) {
    Failures failures = new Failures();
    List<Letter> received;
    do {
      received =
          budget.spent().compareTo(LONGEST) < 0 && budget.allows(ONE_RECEIVE)
              ? letters.receive()
              : List.of();
      received.forEach(letter -> failures.collect(() -> take(letter, told)));
    } while (!received.isEmpty());
    failures.rethrow();
  }

  private void take(Letter letter, Consumer<DeadChunk> told) {
    DeadChunk dead = giveUp(letter);
    told.accept(dead);
    if (dead.isOver()) {
      letters.delete(letter.receiptHandle());
    }
  }

  private DeadChunk giveUp(Letter letter) {
    ChunkMessage message;
    try {
      message = ChunkMessage.parse(letter.body());
    } catch (IllegalArgumentException e) {
      return new DeadChunk(letter.id(), null, End.FOREIGN);
    }
    try {
      return new DeadChunk(letter.id(), message, giveUp(message));
    } catch (TakenException e) {
      return new DeadChunk(letter.id(), message, End.TAKEN);
    }
  }

  private End giveUp(ChunkMessage message) {
    JobLedger jobLedger = installation.ledger().job(message.sync(), message.job());
    RunLedger run = jobLedger.run(message.run());
    ChunkId chunk = message.chunk();
    Optional<Outcome> known = run.outcome(chunk);
    if (known.isPresent()) {
      ChunkPush.stop(run, known.get());
      return End.HAD_OUTCOME;
    }
    if (jobLedger.job().isEmpty() || !jobLedger.hasChunk(chunk)) {
      return End.EXPIRED;
    }
    Instant start = installation.clock().instant();
    Plans.Plan plan = plans.of(message, jobLedger);
    Sync sync = plan.sync();
    CheckedRows rows = plan.check(OpenChunk.of(jobLedger, message, sync.isEvents()));
    CallNotes notes =
        new CallNotes(
            run.calls(chunk),
            sync.isEvents(),
            () -> run.outcome(chunk).isPresent(),
            installation.clock(),
            CallNotes.HOLD);
    Progress progress = Progress.resume(rows, notes.read(), sync.unknownOutcome());
    progress.fates().giveUp(run.stop().map(Fate::notSent).orElse(DEAD_LETTER));
    notes.close();
    run.putOutcome(progress.outcome(chunk, start, installation.clock().instant(), null));
    return End.GIVEN_UP;
  }
}
