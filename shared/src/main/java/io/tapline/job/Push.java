package io.tapline.job;

import io.tapline.aws.TimeBudget;
import io.tapline.chunk.ChunkMessage;
import io.tapline.clevertap.CallTimes;
import java.time.Duration;

/**
 * Pushes one chunk: maps and checks its rows, calls CleverTap, writes the outcome. A chunk of a
 * custom list becomes a part of it, without a call. Safe for use by several threads.
 */
public final class Push {

  /** How long a call that was noted may be another worker's on AWS. */
  public static final Duration HOLD = CallNotes.HOLD;

  private static final Duration FIRST_DELAY = Duration.ofSeconds(5);
  private static final Duration MAX_DELAY = Duration.ofMinutes(5);

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
    ChunkPush push =
        new ChunkPush(installation, plans, hold, message, receives == 1, receives >= maxReceives);
    try {
      return push.push(budget, times)
          .<PushResult>map(wait -> later(wait.retryAfter(), wait.outage(), wait.reason(), receives))
          .orElseGet(PushResult.Done::new);
    } catch (TakenException e) {
      return later(e.waitFor(), false, String.valueOf(e.getMessage()), receives);
    }
  }

  private static PushResult later(Duration asked, boolean outage, String reason, int receives) {
    int doublings = Math.min(receives - 1, 10);
    Duration grown = FIRST_DELAY.multipliedBy(1L << doublings);
    Duration delay = asked.compareTo(grown) > 0 ? asked : grown;
    return new PushResult.Later(delay.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : delay, outage, reason);
  }
}
