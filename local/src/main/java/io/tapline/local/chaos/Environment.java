package io.tapline.local.chaos;

import io.tapline.aws.Clock;
import io.tapline.local.chaos.Step.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An execution environment of Lambda: it runs one invocation at a time, and none any more once one
 * was killed in it. Each step that its handler makes goes through it. The threads of its invocation
 * may use it at once.
 */
final class Environment {

  private static final Duration SLOW = Duration.ofSeconds(45);

  /** Late, but early enough to end by oneself. */
  private static final Duration STUCK_BEFORE_END = Duration.ofSeconds(20);

  private static final String EXPORT = "export";

  private final String handler;
  private final Timeline timeline;
  private final Plan plan;
  private final long seed;
  private final Map<String, Integer> repeats = new ConcurrentHashMap<>();
  private volatile Instant deadline = Instant.MAX;
  private volatile Duration lag = Duration.ZERO;
  private volatile boolean dead;
  private volatile long invocation;

  /** What a step does. */
  @FunctionalInterface
  interface Action<T> {
    T run();
  }

  /**
   * An environment of a function.
   *
   * @param seed what is done to its steps is drawn from it
   */
  Environment(String handler, Timeline timeline, Plan plan, long seed) {
    this.handler = handler;
    this.timeline = timeline;
    this.plan = plan;
    this.seed = seed;
  }

  /**
   * Begins an invocation, at whose end by {@code timeout} the environment is killed.
   *
   * @param number another one for each invocation of a run
   */
  void begin(long number, Duration timeout) {
    invocation = number;
    deadline = timeline.instant().plus(timeout);
    repeats.clear();
    Step reading = new Step(handler, Operation.READ, EXPORT);
    boolean stuck = plan.at(reading, draw(reading, EXPORT)) == Harm.STUCK;
    lag = stuck ? timeout.minus(STUCK_BEFORE_END) : Duration.ZERO;
  }

  /**
   * The time as the invocation sees it. A thread beside the handler's own inflates the export:
   * where that takes too long, it is late there.
   */
  Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return Timeline.isTask() ? timeline.instant() : timeline.instant().plus(lag);
      }

      @Override
      public void sleep(Duration duration) {
        timeline.sleep(duration);
      }
    };
  }

  /** Whether an invocation was killed in it. */
  boolean isDead() {
    return dead;
  }

  /** Makes a step that can be done any number of times. */
  <T> T perform(Operation operation, String key, Action<T> action) {
    return perform(operation, key, action, action);
  }

  /**
   * Makes a step.
   *
   * @param partly the step where it is done in part
   */
  <T> T perform(Operation operation, String key, Action<T> action, Action<T> partly) {
    Step step = Step.of(handler, operation, key);
    Harm harm = harm(step, key);
    T result =
        switch (harm) {
          case FAILS -> throw new LostContactException(step);
          case ANSWER_LOST -> {
            action.run();
            throw new LostContactException(step);
          }
          case REPEATED -> {
            action.run();
            yield action.run();
          }
          case SLOW -> {
            pass(SLOW);
            yield action.run();
          }
          case PARTLY -> partly.run();
          case NONE, STUCK, KILLED_BEFORE, KILLED_AFTER -> action.run();
        };
    survive(harm);
    return result;
  }

  /**
   * What is done to the step that is about to be made. Others go first.
   *
   * @throws Killed when the handler dies before it
   */
  Harm harm(Step step, String key) {
    timeline.pause();
    checkAlive();
    Harm harm = plan.at(step, draw(step, key));
    if (harm == Harm.KILLED_BEFORE) {
      throw kill("killed before " + step);
    }
    return harm;
  }

  /**
   * Lets time pass within a step.
   *
   * @throws Killed when it is longer than the invocation may take
   */
  void pass(Duration duration) {
    timeline.sleep(duration);
    checkAlive();
  }

  /**
   * Goes on behind a step that was made.
   *
   * @throws Killed when the handler dies after it
   */
  void survive(Harm harm) {
    if (harm == Harm.KILLED_AFTER) {
      throw kill("killed after a step");
    }
  }

  /** The name of the function that it runs. */
  String handler() {
    return handler;
  }

  private void checkAlive() {
    if (dead) {
      throw new Killed("killed before");
    }
    if (timeline.instant().isAfter(deadline)) {
      throw kill("timed out");
    }
  }

  private Killed kill(String message) {
    dead = true;
    return new Killed(message);
  }

  /**
   * The same in each play of a seed: it depends on no other thread of the invocation, and not on
   * what differs from play to play.
   */
  private long draw(Step step, String key) {
    String name = step.handler() + step.operation() + Step.withoutJob(key);
    int repeat = repeats.merge(name, 1, Integer::sum);
    return Draws.mix(Draws.mix(Draws.mix(seed) + invocation) + Draws.of(name) + repeat);
  }
}
