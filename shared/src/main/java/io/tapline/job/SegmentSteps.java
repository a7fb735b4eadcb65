package io.tapline.job;

import static java.util.Objects.requireNonNull;

import io.tapline.job.SegmentMove.Over;
import io.tapline.job.SegmentMove.Try;
import io.tapline.job.SegmentMove.Wait;
import io.tapline.ledger.OpenRows.State;
import io.tapline.ledger.SegmentEnd;
import io.tapline.ledger.SegmentReply;
import io.tapline.ledger.SegmentReply.Kind;
import io.tapline.ledger.SegmentStep;
import io.tapline.ledger.SegmentTry;
import io.tapline.ledger.Stop;
import io.tapline.sync.CustomListSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a custom list stands on its way to a segment, by the notes alone: whoever reads the same
 * notes at the same time comes to the same next move. Immutable.
 *
 * @param tries all tries so far, by step and number
 * @param takenBefore whether CleverTap may have taken it in an earlier run
 * @param hold a try without a reply that is younger belongs to somebody who is at it
 */
record SegmentSteps(
    List<SegmentTry> tries, CustomListSettings list, boolean takenBefore, Duration hold) {

  /** CleverTap's URLs are good for a day; what is left is for putting the list there. */
  private static final Duration URL_LASTS = Duration.ofHours(23);

  /** What fails for so long is given up. */
  private static final Duration GIVE_UP = Duration.ofHours(6);

  private static final Duration FIRST_DELAY = Duration.ofSeconds(5);
  static final Duration MAX_DELAY = Duration.ofMinutes(5);

  /** 5 seconds doubled so often are over five minutes. */
  private static final int MAX_DOUBLINGS = 6;

  /** The next move. */
  SegmentMove next(Instant now) {
    SegmentTry last = last();
    if (last == null) {
      return new Try(SegmentStep.URL, 1, 1, false);
    }
    SegmentReply reply = last.reply();
    if (reply == null) {
      Instant free = last.sentAt().plus(hold);
      return now.isBefore(free) ? new Wait(free, "another finalizer is at it") : lost(last, now);
    }
    return switch (reply.kind()) {
      case URL -> move(SegmentStep.PUT, false, now);
      case STORED -> move(SegmentStep.COMPLETE, false, now);
      case COMPLETED -> new Over(SegmentEnd.completed(reply.segment()));
      case EXPIRED, LATER -> again(last, now);
      case UNKNOWN -> lost(last, now);
      case REFUSED -> failed("SEGMENT_REFUSED", words(reply));
      case FORBIDDEN -> forbidden(last.step(), reply, now);
      case WRONG_EMAIL ->
          stopped(
              "ADMIN_EMAIL",
              "CleverTap takes customList.userEmail for no admin's address (%s)"
                  .formatted(words(reply)));
      case NOT_TRIED -> stopped(code(reply), words(reply));
    };
  }

  /** The URL that a try was given. */
  String url(int number) {
    return tries.stream()
        .filter(attempt -> attempt.step() == SegmentStep.URL && attempt.number() == number)
        .map(SegmentTry::reply)
        .filter(reply -> reply != null && reply.url() != null)
        .map(SegmentReply::url)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("try " + number + " was given no URL"));
  }

  /** The try that says where things stand: of the latest URL, the latest step. */
  private @Nullable SegmentTry last() {
    int url = count(SegmentStep.URL);
    SegmentTry last = null;
    for (SegmentTry attempt : tries) {
      if (attempt.url() == url) {
        last = attempt; // they are sorted
      }
    }
    return last;
  }

  /** A try that nobody knows the outcome of: repeated, unless that might make a second segment. */
  private SegmentMove lost(SegmentTry last, Instant now) {
    return last.step() == SegmentStep.COMPLETE && !list.replace()
        ? new Over(unknown())
        : again(last, now);
  }

  private SegmentEnd unknown() {
    return SegmentEnd.left(
        State.UNKNOWN,
        "SEGMENT_UNKNOWN",
        ("nobody knows whether CleverTap took the list; look there for a segment \"%s\", and for"
                + " CleverTap's mail to its admin, before the list is pushed again")
            .formatted(list.name()));
  }

  /** The passcode may have been changed since it was read; two refusals in a row settle it. */
  private SegmentMove forbidden(SegmentStep step, SegmentReply reply, Instant now) {
    List<SegmentTry> failures = failures(step);
    boolean wasReadAnew = failures.size() > 1 && isForbidden(failures.get(failures.size() - 2));
    return wasReadAnew ? stopped("CALLS_FORBIDDEN", words(reply)) : move(step, true, now);
  }

  /** Tries a step once more, later and later, until it has failed for too long. */
  private SegmentMove again(SegmentTry last, Instant now) {
    List<SegmentTry> failures = failures(last.step());
    SegmentReply reply = last.reply();
    if (!last.sentAt().isBefore(failures.getFirst().sentAt().plus(GIVE_UP))) {
      return reply == null
          ? failed("NO_ANSWER", "no try was seen to its end")
          : failed(code(reply), words(reply));
    }
    if (reply != null) {
      Instant due = reply.at().plus(delay(failures.size()));
      Instant asked = reply.notBefore();
      Instant until = asked != null && asked.isAfter(due) ? asked : due;
      if (now.isBefore(until)) {
        return new Wait(until, "the step %s failed with %s".formatted(last.step(), code(reply)));
      }
    }
    boolean expired = reply != null && reply.kind() == Kind.EXPIRED;
    return move(expired ? SegmentStep.URL : last.step(), false, now);
  }

  /** The next try of a step; without a URL that is good for it, of the first one. */
  private Try move(SegmentStep step, boolean again, Instant now) {
    int url = count(SegmentStep.URL);
    if (step == SegmentStep.URL || !isGood(url, now)) {
      return new Try(SegmentStep.URL, url + 1, url + 1, again);
    }
    return new Try(step, count(step) + 1, url, again);
  }

  private boolean isGood(int url, Instant now) {
    return tries.stream()
        .filter(attempt -> attempt.step() == SegmentStep.URL && attempt.number() == url)
        .anyMatch(attempt -> now.isBefore(attempt.sentAt().plus(URL_LASTS)));
  }

  private int count(SegmentStep step) {
    return tries.stream()
        .filter(attempt -> attempt.step() == step)
        .mapToInt(SegmentTry::number)
        .max()
        .orElse(0);
  }

  /** The tries of a step that failed one after another, up to the latest. */
  private List<SegmentTry> failures(SegmentStep step) {
    List<SegmentTry> ofStep = tries.stream().filter(attempt -> attempt.step() == step).toList();
    int from = ofStep.size();
    while (from > 0 && !wentWell(ofStep.get(from - 1))) {
      from--;
    }
    return ofStep.subList(from, ofStep.size());
  }

  private static boolean wentWell(SegmentTry attempt) {
    return attempt.reply() != null
        && (attempt.reply().kind() == Kind.URL || attempt.reply().kind() == Kind.STORED);
  }

  private static boolean isForbidden(SegmentTry attempt) {
    return attempt.reply() != null && attempt.reply().kind() == Kind.FORBIDDEN;
  }

  private Over failed(String code, String reason) {
    return new Over(SegmentEnd.left(unless(State.FAILED), code, reason));
  }

  private Over stopped(String code, String message) {
    return new Over(SegmentEnd.stopped(unless(State.NOT_SENT), new Stop(code, message, null)));
  }

  /**
   * How rows are left: that they are not on the list holds only if no try may have brought them.
   */
  private State unless(State state) {
    boolean mayBeTaken =
        takenBefore
            || tries.stream()
                .filter(attempt -> attempt.step() == SegmentStep.COMPLETE)
                .map(SegmentTry::reply)
                .anyMatch(reply -> reply == null || reply.kind() == Kind.UNKNOWN);
    return mayBeTaken ? State.UNKNOWN : state;
  }

  private static String code(SegmentReply reply) {
    return requireNonNull(reply.code());
  }

  private static String words(SegmentReply reply) {
    return requireNonNull(reply.reason());
  }

  private static Duration delay(int failures) {
    Duration grown = FIRST_DELAY.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
    return grown.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : grown;
  }
}
