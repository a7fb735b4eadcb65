package io.tapline.local.chaos;

import io.tapline.local.chaos.Step.Operation;
import io.tapline.local.chaos.Step.Seam;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A kind of fault, and how often it strikes in a run. */
@SuppressWarnings("ImmutableEnumChecker") // its list is one of List.of
enum Kind {
  CALM("none", "", List.of()),
  BUSY(
      "CleverTap busy or down: 429, 503, no connection",
      "429=0.2,503=0.05",
      List.of(at(Seam.CLEVERTAP, Harm.FAILS, 0.05))),
  UNKNOWN_OUTCOMES(
      "calls without an answer: 500, 502, 504, resets, time-outs",
      "500-before=0.02,500-after=0.02,502-after=0.02,504-before=0.02,reset-before=0.02,"
          + "reset-after=0.02",
      List.of(at(Seam.CLEVERTAP, Harm.ANSWER_LOST, 0.02), at(Seam.CLEVERTAP, Harm.SLOW, 0.02))),
  BAD_ANSWERS(
      "refused records and odd answers: 555, 400, 413, wrong counts",
      "555=0.05,partial=0.03:515,400=0.01,413=0.03,unnumbered=0.05,miscount=0.02,reversed=0.05",
      List.of()),
  STORE("S3: errors, time-outs, lost answers", "", storeRules(0.004)),
  SLOW_STORE("S3 so slow that the splitter hands over to itself", "", List.of(slowMarks())),
  QUEUE(
      "SQS and EventBridge: errors, time-outs, lost answers, batches taken in part",
      "",
      Stream.of(queueRules(0.05), busRules(0.2)).flatMap(List::stream).toList()),
  KILLED_ONCE("a function killed once, at each of its steps in turn", "", List.of()),
  KILLED("functions killed before and after their steps", "", killRules(0.01)),
  KILLED_WHILE_BUSY(
      "functions killed while CleverTap is busy or down", "429=0.15,503=0.05", killRules(0.01)),
  FORBIDDEN(
      "runs that stop: credentials are refused",
      "401=#30-1000000,segment-url:401=#1-1000000",
      List.of()),
  MALFORMED(
      "runs that stop: every call is malformed",
      "400=#30-1000000,segment-complete:400=#1-1000000",
      List.of()),
  INVALID("runs that stop: a row is invalid", "", List.of()),
  REDRIVEN("stopped runs that are redriven", Stops.TWICE, List.of()),
  KILLED_WHILE_REDRIVEN(
      "functions killed while stopped runs are redriven", Stops.TWICE, killRules(0.005)),
  EVENTS("exports announced twice, late, out of order", "", List.of()),
  ALL(
      "all of the above at once",
      "429=0.05,503=0.02,500-before=0.01,500-after=0.01,reset-after=0.01,555=0.02,"
          + "partial=0.01:515,unnumbered=0.01",
      Stream.of(storeRules(0.001), queueRules(0.01), busRules(0.05), killRules(0.002))
          .flatMap(List::stream)
          .toList()),
  MESSAGES("messages handed out twice at once", "", List.of()),
  MESSAGES_WHILE_BUSY(
      "messages handed out twice at once while CleverTap is busy or down",
      "429=0.2,503=0.05",
      List.of(at(Seam.CLEVERTAP, Harm.FAILS, 0.05))),
  LIST_STEPS(
      "custom lists: lost answers, expired URLs, two finalizers",
      "not-generated=0.2,segment-url:500-after=0.1,segment-put:403=0.2,segment-put:503=0.1,"
          + "segment-put:reset-after=0.1,segment-complete:429=0.1,segment-complete:500-before=0.1,"
          + "segment-complete:500-after=0.15,segment-complete:reset-after=0.1",
      List.of(
          at(Seam.CLEVERTAP, Harm.FAILS, 0.1),
          at(Seam.CLEVERTAP, Harm.ANSWER_LOST, 0.1),
          at(Seam.CLEVERTAP, Harm.SLOW, 0.1))),
  LIST_KILLED(
      "custom lists: finalizers killed before and after their steps",
      "",
      List.of(
          atFinalizer(Harm.KILLED_BEFORE, 0.1),
          atFinalizer(Harm.KILLED_AFTER, 0.1),
          atFinalizer(Harm.ANSWER_LOST, 0.05))),
  DEAD_LETTERS(
      "messages that die",
      "429=0.02",
      List.of(
          atWorker(Harm.KILLED_BEFORE, 0.06),
          atWorker(Harm.KILLED_AFTER, 0.06),
          at(Seam.QUEUE, Harm.FAILS, 0.02),
          at(Seam.STORE, Harm.FAILS, 0.002))),
  RESTAGED("stopped jobs that are staged once more", "", killRules(0.002)),
  OVERWRITTEN(
      "exports overwritten while they are staged",
      "",
      Stream.of(List.of(slowMarks()), killRules(0.002)).flatMap(List::stream).toList()),
  NEW_VERSION(
      "exports overwritten in a bucket that keeps versions",
      "",
      Stream.of(List.of(slowMarks()), killRules(0.002)).flatMap(List::stream).toList()),
  STUCK(
      "gz exports that take longer to inflate than the splitter has",
      "",
      List.of(new Rule(step -> step.operation() == Operation.READ, Harm.STUCK, 0.7)));

  private final String title;
  private final String cleverTapFaults;
  private final List<Rule> rules;

  Kind(String title, String cleverTapFaults, List<Rule> rules) {
    this.title = title;
    this.cleverTapFaults = cleverTapFaults;
    this.rules = rules;
  }

  /** For a person. */
  String title() {
    return title;
  }

  /** What the stand-in does, as its {@code Faults} are written. */
  String cleverTapFaults() {
    return cleverTapFaults;
  }

  /** What is pushed in its runs. */
  List<Target> targets() {
    return this == LIST_STEPS || this == LIST_KILLED ? Target.lists() : List.of(Target.values());
  }

  /** Whether the sync skips invalid rows from the start; else one of them stops the job. */
  boolean skipsInvalidRows() {
    return this != INVALID && this != RESTAGED;
  }

  /** Whether a second job of an export is asked for, with a sync that skips invalid rows. */
  boolean restages() {
    return this == RESTAGED;
  }

  /** Whether all exports are zipped; else some are. */
  boolean zips() {
    return this == STUCK;
  }

  /** Whether a second export comes under the key of the first. */
  boolean overwritesExport() {
    return this == OVERWRITTEN || this == NEW_VERSION;
  }

  /** Whether the bucket of exports keeps versions. */
  boolean keepsVersions() {
    return this == NEW_VERSION;
  }

  /** How many finalizers run at once. */
  int finalizers() {
    return repeatsEvents() || this == LIST_STEPS || this == LIST_KILLED ? 2 : 1;
  }

  /**
   * How often rows that are left open are asked to be sent once more. A lane goes on behind a chunk
   * that failed, so that a redrive may bring an older value of a user after a newer one: where that
   * would count there is none.
   */
  int redrives(Target target) {
    return switch (this) {
      case REDRIVEN, KILLED_WHILE_REDRIVEN, LIST_STEPS -> 2;
      case DEAD_LETTERS -> target.lastRowCounts() ? 0 : 1;
      default -> 0;
    };
  }

  /** The receives after which a message is dead. */
  int maxReceives() {
    return this == DEAD_LETTERS ? 2 : VirtualLambda.MAX_RECEIVES;
  }

  /** What is done to the functions' steps. */
  Plan plan() {
    return (step, draw) -> {
      double left = Draws.share(draw);
      for (Rule rule : rules) {
        if (rule.where().test(step)) {
          if (left < rule.share()) {
            return rule.harm();
          }
          left -= rule.share();
        }
      }
      return Harm.NONE;
    };
  }

  /** Whether events about exports come more than once, and late. */
  boolean repeatsEvents() {
    return this == EVENTS || this == ALL;
  }

  /** The share of messages that two workers get at once. */
  double messagesTwice() {
    return this == MESSAGES || this == MESSAGES_WHILE_BUSY ? 0.2 : 0;
  }

  /** Faults that stop runs; an enum's own constants come too late for its values. */
  private static final class Stops {
    static final String TWICE =
        "401=#30-33,401=#150-153,segment-url:401=#1-2,segment-complete:401=#1-2";
  }

  private record Rule(Predicate<Step> where, Harm harm, double share) {}

  private static Rule at(Seam seam, Harm harm, double share) {
    return new Rule(step -> step.operation().seam() == seam, harm, share);
  }

  private static Rule atChanges(Seam seam, Harm harm, double share) {
    return new Rule(
        step -> step.operation().seam() == seam && step.operation().changes(), harm, share);
  }

  /** A window is queued whole: if too many of its messages met a fault, it never would be. */
  private static Rule atFinalizer(Harm harm, double share) {
    return new Rule(
        step ->
            step.handler().equals("finalizer")
                && step.operation().changes()
                && step.operation().seam() != Seam.QUEUE,
        harm,
        share);
  }

  private static Rule atWorker(Harm harm, double share) {
    return new Rule(
        step -> step.handler().equals("worker") && step.operation().changes(), harm, share);
  }

  private static Rule slowMarks() {
    return new Rule(
        step ->
            step.handler().equals("splitter")
                && step.operation() == Operation.PUT_ONCE
                && step.place().startsWith("jobs/staging/"),
        Harm.SLOW,
        1);
  }

  private static List<Rule> storeRules(double share) {
    return List.of(
        at(Seam.STORE, Harm.FAILS, share),
        at(Seam.STORE, Harm.SLOW, share),
        atChanges(Seam.STORE, Harm.ANSWER_LOST, 2 * share),
        atChanges(Seam.STORE, Harm.REPEATED, 4 * share));
  }

  private static List<Rule> queueRules(double share) {
    return List.of(
        at(Seam.QUEUE, Harm.FAILS, share),
        at(Seam.QUEUE, Harm.SLOW, share),
        at(Seam.QUEUE, Harm.ANSWER_LOST, share),
        at(Seam.QUEUE, Harm.REPEATED, share),
        new Rule(step -> step.operation() == Operation.SEND, Harm.PARTLY, 4 * share));
  }

  private static List<Rule> busRules(double share) {
    return List.of(
        at(Seam.EVENTS, Harm.FAILS, share),
        at(Seam.EVENTS, Harm.SLOW, share),
        at(Seam.EVENTS, Harm.ANSWER_LOST, share),
        at(Seam.EVENTS, Harm.REPEATED, share));
  }

  private static List<Rule> killRules(double share) {
    return List.of(
        new Rule(step -> step.operation().changes(), Harm.KILLED_BEFORE, share),
        new Rule(step -> step.operation().changes(), Harm.KILLED_AFTER, share));
  }
}
