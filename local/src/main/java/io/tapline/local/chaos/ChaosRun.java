package io.tapline.local.chaos;

import io.tapline.aws.Clock;
import io.tapline.job.Redrives;
import io.tapline.ledger.Job;
import io.tapline.ledger.Ledger;
import io.tapline.local.standin.Faults;
import io.tapline.local.standin.InProcessStandIn;
import io.tapline.local.standin.Recorder;
import io.tapline.local.standin.StandInOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** One run of the fault harness: a job or two, from the announcement to the report. */
final class ChaosRun {

  /** Virtual time; a job that is not over by then will never be. */
  private static final Duration LIMIT = Duration.ofDays(3);

  private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
  private static final int WORKERS = 10;
  private static final List<Kind> KINDS = List.of(Kind.values());
  private static final List<Target> TARGETS = List.of(Target.values());

  private final long seed;
  private final Kind kind;

  /** The kind that its setting is of: in which a step is made at which a function is killed. */
  private final Kind inRunOf;

  private final Target target;
  private final Plan plan;
  private int redriven;

  private ChaosRun(long seed, Kind kind, Kind inRunOf, Target target, Plan plan) {
    this.seed = seed;
    this.kind = kind;
    this.inRunOf = inRunOf;
    this.target = target;
    this.plan = plan;
  }

  /** The run of a seed: its kind and target, and all else. Seeds in a row go through all kinds. */
  static ChaosRun of(long seed) {
    Kind kind = at(KINDS, seed);
    long round = Math.floorDiv(seed, (long) KINDS.size());
    Target target = at(TARGETS, round);
    if (kind != Kind.KILLED_ONCE) {
      return of(seed, kind, target, kind.plan());
    }
    CrashPoint point = at(CrashPoint.all(), round);
    Harm harm = Draws.mix(seed) < 0 ? Harm.KILLED_BEFORE : Harm.KILLED_AFTER;
    int time = 1 + (int) Math.floorMod(Draws.mix(seed), 4L);
    return new ChaosRun(seed, kind, point.reachedIn(), target, point.killOnce(harm, time));
  }

  private static <T> T at(List<T> list, long number) {
    return list.get((int) Math.floorMod(number, (long) list.size()));
  }

  /** A run of a kind in which this is done to the functions' steps. */
  static ChaosRun of(long seed, Kind kind, Target target, Plan plan) {
    return new ChaosRun(seed, kind, kind, target, plan);
  }

  /** The kind of fault that strikes in it. */
  Kind kind() {
    return kind;
  }

  /** What its rows become. */
  Target target() {
    return target;
  }

  /** Plays it to its end. */
  Findings play() {
    return play(ChaosRun::inMemory, receipts -> receipts);
  }

  /** Plays it to its end on another S3 and SQS, which follow the clock that they are given. */
  Findings playOn(Function<Clock, Backing> place) {
    return play(place, receipts -> receipts);
  }

  /**
   * Plays it to its end.
   *
   * @param hearing what the stand-in tells to, of what notes the receipts; a test makes it mishear
   */
  Findings play(UnaryOperator<Recorder> hearing) {
    return play(ChaosRun::inMemory, hearing);
  }

  private static Backing inMemory(Clock clock) {
    return Backing.inMemory(clock, VirtualLambda.VISIBILITY_TIMEOUT, VirtualLambda.MAX_RECEIVES);
  }

  private Findings play(Function<Clock, Backing> place, UnaryOperator<Recorder> hearing) {
    Timeline timeline = new Timeline(START, new Random(seed));
    Scenario scenario =
        Scenario.of(target, inRunOf.repeatsEvents() ? 2 : 1, inRunOf.skipsInvalidRows(), seed);
    Receipts receipts = new Receipts(scenario.exports());
    InProcessStandIn standIn =
        new InProcessStandIn(
            StandInOptions.builder()
                .faults(Faults.parse("seed=" + (seed & Integer.MAX_VALUE) + faults()))
                .recorder(hearing.apply(receipts))
                .build());
    Backing backing = place.apply(timeline);
    Ledger ledger = new Ledger(backing.store(), backing.workBucket());
    ledger.putSyncFile(Scenario.SYNC, scenario.settings());
    VirtualLambda lambda =
        new VirtualLambda(
            timeline, backing, scenario, standIn, standIn.connection("stand-in"), plan, seed);
    announce(scenario, backing, timeline, lambda);
    for (int i = 0; i < WORKERS; i++) {
      lambda.startWorker(inRunOf.messagesTwice());
    }
    lambda.startSweep();
    lambda.startFinalizer(
        inRunOf.repeatsEvents() ? 2 : 1,
        () -> {
          if (lambda.isIdle()
              && isOver(scenario, backing, ledger)
              && !redrive(scenario, backing, timeline)) {
            timeline.end();
          }
        });
    boolean ended = timeline.run(START.plus(LIMIT));
    return new Audit(scenario, backing, receipts)
        .findings()
        .plus(problemsOf(scenario, lambda, ended));
  }

  /** Whether every export has had its job, and none is open. */
  private static boolean isOver(Scenario scenario, Backing backing, Ledger ledger) {
    return ledger.openRuns().isEmpty()
        && scenario.exports().stream()
            .allMatch(export -> ledger.claim(backing.jobOf(export)).isPresent());
  }

  /** Whether rows that are open were asked to be sent once more. */
  private boolean redrive(Scenario scenario, Backing backing, Timeline timeline) {
    if (redriven == inRunOf.redrives()) {
      return false;
    }
    redriven++;
    Ledger ledger = new Ledger(backing.store(), backing.workBucket());
    Redrives redrives = new Redrives(ledger, timeline);
    boolean asked = false;
    for (Export export : scenario.exports()) {
      Job job = ledger.job(Scenario.SYNC, backing.jobOf(export)).job().orElseThrow();
      asked |= redrives.ask(job, true, false) instanceof Redrives.Answer.Asked;
    }
    return asked;
  }

  private String faults() {
    String faults = inRunOf.cleverTapFaults();
    return faults.isEmpty() ? "" : "," + faults;
  }

  /** Puts the exports, a minute apart, and tells of them. */
  private void announce(
      Scenario scenario, Backing backing, Timeline timeline, VirtualLambda lambda) {
    Random random = new Random(Draws.mix(seed));
    timeline.start(
        () -> {
          for (Export export : scenario.exports()) {
            backing.store().put(backing.exportBucket(), export.key(), export.content());
            timeline.sleep(Duration.ofMinutes(1));
          }
        });
    for (int i = 0; i < scenario.exports().size(); i++) {
      Duration put = Duration.ofMinutes(i).plusMillis(1);
      int times = inRunOf.repeatsEvents() ? 1 + random.nextInt(3) : 1;
      for (int n = 0; n < times; n++) {
        Duration late =
            inRunOf.repeatsEvents() ? Duration.ofSeconds(random.nextInt(5) * 45L) : Duration.ZERO;
        lambda.announce(scenario.exports().get(i), put.plus(late));
      }
    }
  }

  private List<String> problems(Scenario scenario, VirtualLambda lambda, boolean ended) {
    List<String> problems = new ArrayList<>(lambda.surprises());
    if (!ended) {
      problems.add("not over after " + LIMIT);
    }
    if (inRunOf.messagesTwice() == 0 && lambda.mostCalls() > scenario.lanes()) {
      problems.add("%d calls at once on %d lanes".formatted(lambda.mostCalls(), scenario.lanes()));
    }
    return problems;
  }

  private Findings problemsOf(Scenario scenario, VirtualLambda lambda, boolean ended) {
    return new Findings(0, 0, 0, 0, 0, problems(scenario, lambda, ended));
  }
}
