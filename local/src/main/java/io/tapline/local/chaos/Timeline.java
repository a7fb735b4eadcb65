package io.tapline.local.chaos;

import io.tapline.aws.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time and what happens in it. Tasks have threads of their own but run one at a time: when
 * one pauses or sleeps, a draw says which goes on. So tasks meet each other at every pause, in
 * whatever order, and a seed always plays the same.
 *
 * <p>A thread that a task has started runs while its task does; it does not pause, and its sleeps
 * take no time.
 */
final class Timeline implements Clock {

  /** Jitter below it would make two plays of a seed differ. */
  private static final Duration GRAIN = Duration.ofMillis(1);

  /** The task of a thread; null on a thread that a task has started. */
  private static final ThreadLocal<@Nullable Task> CURRENT = new ThreadLocal<>();

  private final RandomGenerator random;
  private final List<Task> tasks = new ArrayList<>();

  /** For whoever plays the timeline: no task goes on by itself. */
  private final Semaphore handedBack = new Semaphore(0);

  private volatile Instant now;
  private volatile boolean over;
  private Instant limit = Instant.MIN;
  private @Nullable Throwable failure;

  /**
   * A timeline without tasks.
   *
   * @param random draws which task goes on
   */
  Timeline(Instant start, RandomGenerator random) {
    this.now = start;
    this.random = random;
  }

  /** Adds a task, which begins when it is drawn. Before {@link #run} or from a task. */
  void start(Runnable body) {
    Task task = new Task();
    tasks.add(task);
    Thread.ofVirtual().start(() -> task.play(body));
  }

  /** Whether this thread is a task's own, and not one that a task has started. */
  static boolean isTask() {
    return CURRENT.get() != null;
  }

  /** Lets other tasks go first. */
  void pause() {
    Task task = CURRENT.get();
    if (task != null) {
      task.pauseUntil(now);
    }
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** Sleeps in whole milliseconds, what is begun of one included. */
  @Override
  public void sleep(Duration duration) {
    Task task = CURRENT.get();
    if (task != null) {
      long grains = duration.plus(GRAIN).minusNanos(1).dividedBy(GRAIN);
      task.pauseUntil(now.plus(GRAIN.multipliedBy(grains)));
    }
  }

  /** Ends all tasks, wherever they are, as soon as the one that says so pauses. */
  void end() {
    over = true;
  }

  /**
   * Plays until a task ends it, or the time is over. Once only.
   *
   * @param until no task goes on after it
   * @return whether a task ended it
   * @throws IllegalStateException when a task failed
   */
  boolean run(Instant until) {
    limit = until;
    handOver(draw());
    handedBack.acquireUninterruptibly();
    boolean ended = over;
    over = true;
    while (!tasks.isEmpty()) {
      handOver(tasks.getLast());
      handedBack.acquireUninterruptibly();
    }
    if (failure != null) {
      throw new IllegalStateException("a task of the timeline failed", failure);
    }
    return ended;
  }

  /** The task that goes on, once the time of the first has come; null when none does. */
  private @Nullable Task draw() {
    if (over || failure != null) {
      return null;
    }
    List<Task> awake = awake();
    if (awake.isEmpty()) {
      now = tasks.stream().map(task -> task.wakesAt).min(Instant::compareTo).orElse(Instant.MAX);
      awake = awake();
    }
    return now.isAfter(limit) ? null : awake.get(random.nextInt(awake.size()));
  }

  private List<Task> awake() {
    return tasks.stream().filter(task -> !task.wakesAt.isAfter(now)).toList();
  }

  private void handOver(@Nullable Task task) {
    (task == null ? handedBack : task.turn).release();
  }

  /** Thrown at the pause of a task that does not go on any more. */
  static final class Over extends Error {

    private static final long serialVersionUID = 1L;

    Over() {
      super("the timeline is over", null, false, false);
    }
  }

  private final class Task {

    private final Semaphore turn = new Semaphore(0);
    private Instant wakesAt = now;

    void play(Runnable body) {
      CURRENT.set(this);
      turn.acquireUninterruptibly();
      try {
        if (!over) {
          body.run();
        }
      } catch (Over e) {
        // It was told to.
      } catch (RuntimeException | Error e) {
        failure = e;
      } finally {
        tasks.remove(this);
        handOver(draw());
      }
    }

    void pauseUntil(Instant time) {
      if (!over) {
        wakesAt = time;
        Task next = draw();
        if (next != this) {
          handOver(next);
          turn.acquireUninterruptibly();
        }
      }
      if (over) {
        throw new Over();
      }
    }
  }
}
