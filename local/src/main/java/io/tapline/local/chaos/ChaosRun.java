package io.tapline.local.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapline.aws.Clock;
import io.tapline.local.standin.Faults;
import io.tapline.local.standin.InProcessStandIn;
import io.tapline.local.standin.StandInOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** One run of the fault harness: a job or two, from the announcement to the report. */
final class ChaosRun {

  /** Virtual time; a job that is not over by then will never be. */
  private static final Duration LIMIT = Duration.ofDays(3);

  private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
  private static final int WORKERS = 10;
  private static final List<Kind> KINDS = List.of(Kind.values());

  private final long seed;
  private final Kind kind;

  /** The kind that its setting is of: in which a step is made at which a function is killed. */
  private final Kind inRunOf;

  private final Target target;
  private final Plan plan;
  private int asked;

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
    if (kind != Kind.KILLED_ONCE) {
      return of(seed, kind, at(kind.targets(), round), kind.plan());
    }
    CrashPoint point = at(CrashPoint.all(), round);
    Target target = at(point.targets(), Math.floorDiv(round, (long) CrashPoint.all().size()));
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
    return play(this::inMemory, took -> took);
  }

  /** Plays it to its end on another S3 and SQS, which follow the clock that they are given. */
  Findings playOn(Function<Clock, Backing> place) {
    return play(place, took -> took);
  }

  /**
   * Plays it to its end.
   *
   * @param hearing what is told of each record that CleverTap takes, of what notes the receipts; a
   *     test makes it mishear
   */
  Findings play(UnaryOperator<Consumer<JsonNode>> hearing) {
    return play(this::inMemory, hearing);
  }

  private Backing inMemory(Clock clock) {
    return Backing.inMemory(clock, VirtualLambda.VISIBILITY_TIMEOUT, inRunOf.maxReceives());
  }

  private Findings play(Function<Clock, Backing> place, UnaryOperator<Consumer<JsonNode>> hearing) {
    Timeline timeline = new Timeline(START, new Random(seed));
    Scenario scenario = Scenario.of(target, inRunOf, seed);
    Receipts receipts = new Receipts(target, scenario.exports());
    Consumer<JsonNode> took = hearing.apply(receipts::took);
    try (InProcessStandIn standIn = new InProcessStandIn(options(timeline, took))) {
      Installed installed = new Installed(scenario, place.apply(timeline), timeline);
      VirtualLambda lambda =
          new VirtualLambda(
              timeline,
              installed.backing(),
              scenario,
              new WatchedLists(standIn, receipts, took),
              standIn.connection("stand-in"),
              plan,
              seed);
      return play(installed, lambda, receipts);
    }
  }

  private Findings play(Installed installed, VirtualLambda lambda, Receipts receipts) {
    Timeline timeline = installed.timeline();
    installed.putSync(inRunOf.skipsInvalidRows());
    timeline.start(() -> putAndAnnounce(installed, lambda));
    for (int i = 0; i < WORKERS; i++) {
      lambda.startWorker(inRunOf.messagesTwice());
    }
    lambda.startSweep();
    lambda.startFinalizer(
        inRunOf.finalizers(),
        () -> {
          if (lambda.isIdle() && installed.isOver() && !asksForMore(installed)) {
            timeline.end();
          }
        });
    boolean ended = timeline.run(START.plus(LIMIT));
    return new Audit(installed, receipts, lambda.announcements())
        .findings()
        .plus(problemsOf(installed.scenario(), lambda, ended));
  }

  private StandInOptions options(Clock clock, Consumer<JsonNode> took) {
    String faults = inRunOf.cleverTapFaults();
    return StandInOptions.builder()
        .faults(
            Faults.parse(
                "seed=" + (seed & Integer.MAX_VALUE) + (faults.isEmpty() ? "" : "," + faults)))
        .existingSegments(target == Target.LIST_REPLACED ? Set.of(Target.SEGMENT) : Set.of())
        .clock(clock)
        .recorder((kind, record) -> took.accept(record))
        .build();
  }

  /** Whether something was asked for once more: rows that are open, or a whole export. */
  private boolean asksForMore(Installed installed) {
    if (asked == inRunOf.redrives(target) + (inRunOf.restages() ? 1 : 0)) {
      return false;
    }
    asked++;
    return inRunOf.restages() ? installed.restage() : installed.redrive();
  }

  /** Puts the exports, one after another, and tells of each. */
  private void putAndAnnounce(Installed installed, VirtualLambda lambda) {
    Random random = new Random(Draws.mix(seed));
    for (Export export : installed.scenario().exports()) {
      PutExport put = installed.put(export, inRunOf.keepsVersions());
      int times = inRunOf.repeatsEvents() ? 1 + random.nextInt(3) : 1;
      for (int n = 0; n < times; n++) {
        int late = inRunOf.repeatsEvents() ? random.nextInt(5) * 45 : 0;
        lambda.announce(put, Duration.ofSeconds(late).plusMillis(1));
      }
      installed
          .timeline()
          .sleep(Duration.ofSeconds(inRunOf.overwritesExport() ? 1 + random.nextInt(600) : 60));
    }
  }

  private List<String> problems(Scenario scenario, VirtualLambda lambda, boolean ended) {
    List<String> problems = new ArrayList<>(lambda.surprises());
    if (!ended) {
      problems.add("not over after " + LIMIT);
    }
    int most = target.callsAtOnce(scenario.threadCount());
    if (inRunOf.messagesTwice() == 0 && lambda.mostCalls() > most) {
      problems.add("%d calls at once; at most %d may be".formatted(lambda.mostCalls(), most));
    }
    return problems;
  }

  private Findings problemsOf(Scenario scenario, VirtualLambda lambda, boolean ended) {
    return new Findings(0, 0, 0, 0, 0, problems(scenario, lambda, ended));
  }
}
