package io.tapline.report;

import static java.util.Objects.requireNonNull;

import io.tapline.ledger.JobLedger;
import io.tapline.ledger.OpenRows.State;
import io.tapline.ledger.RowCounts;
import io.tapline.ledger.RunLedger;
import io.tapline.ledger.SegmentEnd;
import io.tapline.ledger.SegmentReply;
import io.tapline.ledger.SegmentReply.Kind;
import io.tapline.ledger.SegmentTry;
import io.tapline.ledger.Stop;
import io.tapline.report.Report.Segment;
import io.tapline.report.Report.Warning;
import io.tapline.sync.CustomListSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a custom list that were ready when its last run ended, and what became of them: all
 * the same, since a list is taken whole.
 *
 * @param count how many there are
 * @param chunks how many chunks they are in
 * @param end null when nobody knows what became of them
 * @param tries the calls that were made for the list
 */
record ReadyRows(long count, int chunks, @Nullable SegmentEnd end, List<SegmentTry> tries) {

  private static final String THROTTLED = "429";

  /** No list at all. */
  static final ReadyRows NONE = new ReadyRows(0, 0, null, List.of());

  /**
   * What the runs of a job made of rows that were ready. The last run decides: it takes up the list
   * of the runs before.
   */
  static ReadyRows of(JobLedger ledger, int lastRun, OutcomeTally tally) {
    RunLedger last = ledger.run(lastRun);
    List<SegmentTry> tries = new ArrayList<>();
    for (int run = 1; run <= lastRun; run++) {
      tries.addAll(ledger.run(run).segment().tries());
    }
    SegmentEnd end =
        last.segment().end().or(() -> last.stop().map(ReadyRows::notSent)).orElse(null);
    return new ReadyRows(tally.ready(), tally.readyChunks(), end, tries);
  }

  private static SegmentEnd notSent(Stop stop) {
    return SegmentEnd.left(State.NOT_SENT, stop.code(), "the run was stopped");
  }

  /** What they add to what became of the other rows; they are counted as read there. */
  RowCounts settled() {
    if (end == null) {
      return RowCounts.NONE;
    }
    return switch (end.left()) {
      case null -> new RowCounts(0, count, 0, 0, 0, 0, 0);
      case FAILED -> new RowCounts(0, 0, 0, 0, count, 0, 0);
      case UNKNOWN -> new RowCounts(0, 0, 0, 0, 0, count, 0);
      case NOT_SENT -> new RowCounts(0, 0, 0, 0, 0, 0, count);
    };
  }

  /** The chunks whose rows failed with the list. */
  int failedChunks() {
    return end != null && end.left() == State.FAILED ? chunks : 0;
  }

  Report.Calls calls() {
    List<SegmentTry> made =
        tries.stream().filter(attempt -> !has(attempt, Kind.NOT_TRIED)).toList();
    return new Report.Calls(
        made.size(),
        made.stream().filter(attempt -> attempt.number() > 1).count(),
        made.stream()
            .map(SegmentTry::reply)
            .filter(reply -> reply != null && THROTTLED.equals(reply.code()))
            .count());
  }

  private static boolean has(SegmentTry attempt, Kind kind) {
    SegmentReply reply = attempt.reply();
    return reply != null && reply.kind() == kind;
  }

  /** The segment that was made. */
  @Nullable Segment segment(@Nullable CustomListSettings list) {
    if (list == null || end == null || end.left() != null) {
      return null;
    }
    return new Segment(end.segment(), list.name(), list.mode().name());
  }

  /** Why they are left open; empty when they are not. */
  Optional<Warning> warning() {
    if (count == 0 || end == null || end.left() == null) {
      return Optional.empty();
    }
    return Optional.of(
        OpenWarning.of(
            String.format(Locale.ROOT, "all %,d good rows of the list", count),
            end.left(),
            requireNonNull(end.code()),
            requireNonNull(end.reason()),
            ""));
  }
}
