package io.tapline.job;

import io.tapline.aws.Clock;
import io.tapline.ledger.CallLedger;
import io.tapline.ledger.NotedCalls;
import io.tapline.ledger.RowRange;
import io.tapline.ledger.SentNote;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The notes that one receive of a message keeps of the calls for its chunk.
 *
 * <p>Of events each call is noted before it is made, and its reply where that does not decide the
 * whole chunk. So whoever comes next knows which rows a call had whose end nobody noted; and of two
 * invocations with one chunk only one can note the next call. All else is safe to repeat: there, a
 * receive only leaves a note when it ends with rows that have to wait.
 *
 * <p>Not thread-safe.
 */
final class CallNotes {

  /**
   * A call that was noted so long ago on AWS is made by nobody any more: the worker's time limit of
   * two minutes, and a minute for clocks that differ.
   */
  static final Duration HOLD = Duration.ofMinutes(3);

  private final CallLedger ledger;
  private final boolean eachCall;
  private final BooleanSupplier decided;
  private final Clock clock;
  private final Duration hold;
  private int next;

  /** Whether call {@code next} is this receive's to make. */
  private boolean claimed;

  /**
   * Notes of a chunk's calls.
   *
   * @param eachCall whether its records are events
   * @param decided whether the chunk has its outcome
   * @param hold for how long a noted call may be under way
   */
  CallNotes(
      CallLedger ledger, boolean eachCall, BooleanSupplier decided, Clock clock, Duration hold) {
    this.ledger = ledger;
    this.eachCall = eachCall;
    this.decided = decided;
    this.clock = clock;
    this.hold = hold;
  }

  /**
   * Reads what earlier receives noted, and goes on from there.
   *
   * @throws TakenException when one of them may be in a call still
   */
  NotedCalls read() {
    // Where calls are not noted each, the first note is a reply. To look for it costs a twelfth of
    // the listing, and most chunks have none.
    NotedCalls noted = eachCall || ledger.hasReply(0) ? ledger.read() : NotedCalls.NONE;
    if (!noted.unanswered().isEmpty()) {
      Instant free = noted.unanswered().getLast().at().plus(hold);
      Instant now = clock.instant();
      if (now.isBefore(free)) {
        throw new TakenException(Duration.between(now, free));
      }
    }
    next = noted.next();
    return noted;
  }

  /**
   * A try is about to be made.
   *
   * @throws TakenException when another invocation was faster. Of what is safe to repeat this is
   *     looked for before a repeat: once the other one has written the outcome, the lane goes on,
   *     and a repeat would bring older values after newer ones.
   */
  void sending(Batch batch, Progress progress) {
    if (eachCall) {
      claim(progress.ranges(batch));
    } else if (progress.hasMoved() && decided.getAsBoolean()) {
      throw new TakenException(Duration.ZERO);
    }
  }

  /** A try is over, and others are to be made. */
  void tried(Progress progress) {
    if (eachCall) {
      ledger.putReply(next, progress.note(clock.instant()));
      next++;
      claimed = false;
    }
  }

  /** The receive ends, though rows of its chunk have to wait. */
  void leave(Progress progress) {
    if (!eachCall && progress.hasMoved()) {
      ledger.putReply(next, progress.note(clock.instant()));
    }
  }

  /**
   * The outcome is about to be written. Where it comes without another call, a note of a call
   * without rows keeps all others from making one.
   *
   * @throws TakenException when another invocation was faster
   */
  void close() {
    if (eachCall && !claimed) {
      claim(List.of());
    }
  }

  private void claim(List<RowRange> rows) {
    if (!ledger.putSent(next, new SentNote(clock.instant(), rows))) {
      throw new TakenException(Duration.ZERO);
    }
    claimed = true;
  }
}
