package io.tapline.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.RunLedger;
import io.tapline.ledger.SegmentLedger;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each step at which a function can die is listed, and it dies there. */
class CrashPointTest {

  /** Runs until a step is made: not every run has a window for the finalizer, or a rejected row. */
  private static final int MOST_RUNS = 12;

  /** What is not written by a function: by the command line, and by who installs a sync. */
  private static final Set<String> NOT_WRITTEN =
      Set.of(
          "Ledger.putSyncFile",
          "Ledger.deleteSyncFile",
          "Ledger.putRestage",
          "JobLedger.putRedrive");

  /** With one processor no thread beside the splitter's own inflates exports and gets stuck. */
  private static final boolean GETS_STUCK = Runtime.getRuntime().availableProcessors() > 1;

  static Stream<CrashPoint> points() {
    return CrashPoint.all().stream().filter(point -> GETS_STUCK || point.reachedIn() != Kind.STUCK);
  }

  @ParameterizedTest
  @MethodSource("points")
  void nothingIsLostWhereAFunctionDiesBeforeIt(CrashPoint point) {
    dieAt(point, Harm.KILLED_BEFORE);
  }

  @ParameterizedTest
  @MethodSource("points")
  void nothingIsLostWhereAFunctionDiesAfterIt(CrashPoint point) {
    dieAt(point, Harm.KILLED_AFTER);
  }

  private static void dieAt(CrashPoint point, Harm harm) {
    List<Target> died = new ArrayList<>();
    for (Target target : targetsAt(point)) {
      if (dieAt(point, target, harm)) {
        died.add(target);
      }
    }
    assertThat(died).as("runs in which a function died there").isNotEmpty();
  }

  /**
   * The operations that have no notes of their calls differ in nothing but their records, so that
   * one of them is enough where there is a choice.
   */
  private static List<Target> targetsAt(CrashPoint point) {
    List<Target> targets = point.targets();
    return targets.contains(Target.PROFILES)
        ? targets.stream()
            .filter(target -> target.isEvents() || target.isList() || target == Target.PROFILES)
            .toList()
        : targets;
  }

  /** Whether a function died there: exports of events, for one, are never stale. */
  private static boolean dieAt(CrashPoint point, Target target, Harm harm) {
    for (long seed = 0; seed < MOST_RUNS; seed++) {
      AtomicBoolean dead = new AtomicBoolean();
      Plan killOnce = point.killOnce(harm, 1);
      Plan watched =
          (step, draw) -> {
            Harm done = killOnce.at(step, draw);
            if (done == harm && step.toString().equals(point.step())) {
              dead.set(true);
            }
            return done;
          };
      Findings findings = ChaosRun.of(seed, point.reachedIn(), target, watched).play();
      assertThat(findings.problems())
          .as("%s %s, %s, seed %d", harm, point.step(), target, seed)
          .isEmpty();
      if (dead.get()) {
        return true;
      }
    }
    return false;
  }

  /** Fails for a new step until it is listed. */
  @Test
  void everyStepThatChangesSomethingIsListed() {
    Set<String> made = new ConcurrentSkipListSet<>();
    Set<String> methods = new ConcurrentSkipListSet<>();
    for (Kind kind : Kind.values()) {
      for (Target target : kind.targets()) {
        Plan plan = kind.plan();
        Plan watched =
            (step, draw) -> {
              if (step.operation().changes()) {
                made.add(step.toString());
                methods.addAll(ledgerMethods());
              }
              return plan.at(step, draw);
            };
        for (long seed = 0; seed < 2; seed++) {
          ChaosRun.of(seed, kind, target, watched).play();
        }
      }
    }

    Set<String> listed =
        CrashPoint.all().stream().map(CrashPoint::step).collect(Collectors.toSet());
    assertThat(listed).containsAll(made);
    methods.addAll(NOT_WRITTEN);
    if (!GETS_STUCK) {
      methods.add("JobLedger.putTimeout");
    }
    assertThat(methods).as("what the ledger writes").containsAll(writingMethods());
  }

  /** Through which of the ledger's methods the step of this thread goes. */
  private static Set<String> ledgerMethods() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .filter(frame -> frame.getClassName().startsWith("io.tapline.ledger."))
                    .map(
                        frame ->
                            frame.getClassName().substring("io.tapline.ledger.".length())
                                + "."
                                + frame.getMethodName())
                    .collect(Collectors.toSet()));
  }

  private static Set<String> writingMethods() {
    Set<String> methods = new TreeSet<>();
    for (Class<?> part :
        Set.of(Ledger.class, JobLedger.class, RunLedger.class, SegmentLedger.class)) {
      for (Method method : part.getDeclaredMethods()) {
        if (Modifier.isPublic(method.getModifiers())
            && method.getName().matches("(put|delete).*")) {
          methods.add(part.getSimpleName() + "." + method.getName());
        }
      }
    }
    return methods;
  }
}
