package io.tapline.local.check;

import static io.tapline.local.check.CheckText.number;

import io.tapline.sync.RecordKind;
import io.tapline.sync.Sync;
import java.time.Duration;
import java.util.Locale;

/** What a push costs in calls and time, in words. */
final class Estimate {

  private Estimate() {}

  /**
   * Adds the paragraphs.
   *
   * @param latency how long a call is taken to last
   */
  static void write(Paragraphs out, Calls calls, Sync sync, Duration latency) {
    RecordKind kind = sync.kind();
    if (kind == RecordKind.LIST_MEMBER) {
      out.named(
          "calls",
          "%s for the segment, and one file of %s bytes; CleverTap takes 5,000,000,000"
              .formatted(number(calls.total()), number(calls.listBytes())));
    } else {
      out.named(
          "calls",
          "%s, of %s rows at most; %s"
              .formatted(number(calls.total()), number(kind.rowsPerChunk()), limit(sync)));
    }
    out.named(
        "time",
        "about %s, where a call takes %s ms (assumed; --latency MS takes another): %s"
            .formatted(
                time(latency.multipliedBy(calls.oneAfterAnother())),
                number(latency.toMillis()),
                order(kind, calls)));
    out.named("note", "CleverTap may refuse rows for reasons of its own, which only a push tells.");
  }

  private static String order(RecordKind kind, Calls calls) {
    if (kind == RecordKind.LIST_MEMBER) {
      return "one call after another, and the upload of the file beside them";
    }
    return calls.lanes() == 1
        ? "one call after another"
        : "the fullest of %d lanes makes %s of them, one after another"
            .formatted(calls.lanes(), number(calls.oneAfterAnother()));
  }

  /** How many calls CleverTap takes at once. */
  private static String limit(Sync sync) {
    return switch (sync.kind()) {
      case PROFILE, EVENT, TOKEN ->
          "CleverTap takes 15 at once of an account, and threadCount is " + sync.threadCount();
      case DEMERGE ->
          "CleverTap takes 3 at once of an account, whatever threadCount is (%d)"
              .formatted(sync.threadCount());
      case SUBSCRIPTION, DISASSOCIATION, LIST_MEMBER ->
          "CleverTap states no limit of calls at once, and threadCount is " + sync.threadCount();
    };
  }

  private static String time(Duration time) {
    if (time.toMinutes() == 0) {
      return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
    return time.toHours() == 0
        ? "%d min %d s".formatted(time.toMinutes(), time.toSecondsPart())
        : "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
  }
}
