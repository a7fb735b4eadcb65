package io.tapline.job;

import io.tapline.chunk.ChunkId;
import io.tapline.clevertap.CallCounts;
import io.tapline.ledger.CallTotals;
import io.tapline.ledger.NotedCalls;
import io.tapline.ledger.OpenRows;
import io.tapline.ledger.Outcome;
import io.tapline.ledger.ReplyNote;
import io.tapline.ledger.RowCounts;
import io.tapline.ledger.RowRange;
import io.tapline.ledger.SentNote;
import io.tapline.ledger.Stop;
import io.tapline.record.Mapped;
import io.tapline.record.Rejection;
import io.tapline.sync.UnknownOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far the delivery of a chunk has come: what is known of its records, which calls are still to
 * be made, and what those that were made came to. Not thread-safe.
 */
final class Progress {

  private final CheckedRows rows;
  private final Fates fates;
  private final Waiting waiting;
  private final int[] serverErrors;
  private final CallCounts counts;
  private final int callsBefore;

  /** A delivery of which nothing is done yet. */
  static Progress start(CheckedRows rows) {
    int size = rows.records().size();
    List<Batch> all = size == 0 ? List.of() : List.of(Batch.first(size));
    return new Progress(rows, new Waiting(all, 0), new CallCounts());
  }

  /**
   * A delivery that goes on.
   *
   * @param noted what earlier receives noted
   * @param ofUnknown what is done with records that a call may have brought
   */
  static Progress resume(CheckedRows rows, NotedCalls noted, UnknownOutcome ofUnknown) {
    ReplyNote reply = noted.reply();
    List<SentNote> unanswered =
        noted.unanswered().stream().filter(sent -> !sent.rows().isEmpty()).toList();
    if (reply == null && unanswered.isEmpty()) {
      return start(rows);
    }
    Progress progress = new Progress(rows, waiting(rows, reply), counts(reply, unanswered.size()));
    if (reply != null) {
      progress.take(reply);
    }
    unanswered.forEach(sent -> progress.take(sent, ofUnknown));
    return progress;
  }

  private Progress(CheckedRows rows, Waiting waiting, CallCounts counts) {
    this.rows = rows;
    this.fates = new Fates(rows.records());
    this.waiting = waiting;
    this.serverErrors = new int[rows.records().size()];
    this.counts = counts;
    this.callsBefore = counts.calls();
    fates.lose(rows.unknownRecords());
  }

  private static Waiting waiting(CheckedRows rows, @Nullable ReplyNote reply) {
    if (reply == null) {
      return new Waiting(List.of(Batch.again(Batch.first(rows.records().size()).records())), 0);
    }
    List<Batch> batches = reply.waiting().stream().map(rows::records).map(Batch::again).toList();
    return new Waiting(batches, reply.searchCalls());
  }

  /** What the calls came to; of those that nobody noted the end of, each counts as made. */
  private static CallCounts counts(@Nullable ReplyNote reply, int unanswered) {
    // The very first call is no retry.
    CallTotals totals = reply == null ? new CallTotals(0, -1, 0, 0) : reply.totals();
    return new CallCounts(
        totals.calls() + unanswered,
        totals.retries() + unanswered,
        totals.throttled(),
        totals.sentAgainAfterUnknown());
  }

  private void take(ReplyNote reply) {
    fates.putAll(rows.records(reply.accepted()), Fate.ACCEPTED);
    for (Rejection refusal : reply.refused()) {
      rows.record(refusal.row())
          .ifPresent(r -> fates.put(r, new Fate.Refused(refusal.code(), refusal.reason())));
    }
    for (OpenRows open : reply.open()) {
      Fate fate = new Fate.Open(open.state(), open.code(), open.reason());
      open.rows().forEach(row -> rows.record(row).ifPresent(r -> fates.put(r, fate)));
    }
    fates.putAll(rows.records(reply.doubtful()), Fate.DOUBTFUL);
    fates.putAll(rows.records(reply.lost()), Fate.LOST);
    reply
        .serverErrors()
        .forEach((row, errors) -> rows.record(row).ifPresent(r -> serverErrors[r] = errors));
  }

  private void take(SentNote sent, UnknownOutcome ofUnknown) {
    List<Integer> records = rows.records(sent.rows());
    counts.sendingAgain(fates.resend(records));
    if (ofUnknown == UnknownOutcome.HOLD) {
      fates.putAll(records, Fate.UNKNOWN_OUTCOME);
      waiting.remove(records);
    } else {
      fates.lose(records);
    }
  }

  /** The records of the chunk, in the order of the export. */
  List<Mapped> records() {
    return rows.records();
  }

  Fates fates() {
    return fates;
  }

  Waiting waiting() {
    return waiting;
  }

  CallCounts counts() {
    return counts;
  }

  /** Notes that CleverTap had an error of its own with a record, and tells how often it had. */
  int countServerError(int record) {
    return ++serverErrors[record];
  }

  /** Whether any call was made since it was begun or resumed. */
  boolean hasMoved() {
    return counts.calls() > callsBefore;
  }

  /** The rows of a batch, as they stand in a note. */
  List<RowRange> ranges(Batch batch) {
    return rows.ranges(batch.records());
  }

  /** All of it, as it stands in a note. */
  ReplyNote note(Instant at) {
    Map<Long, Integer> errors = new TreeMap<>();
    for (int i = 0; i < serverErrors.length; i++) {
      if (serverErrors[i] > 0) {
        errors.put(rows.records().get(i).row(), serverErrors[i]);
      }
    }
    return new ReplyNote(
        at,
        rows.ranges(fates.of(Fate.ACCEPTED)),
        fates.refusals(),
        fates.open(),
        waiting.batches().stream().map(this::ranges).toList(),
        rows.ranges(fates.of(Fate.DOUBTFUL)),
        rows.ranges(fates.of(Fate.LOST)),
        errors,
        waiting.searchCalls(),
        new CallTotals(
            counts.calls(), counts.retries(), counts.throttledCalls(), counts.recordsSentAgain()));
  }

  /**
   * All of it, as the outcome of its chunk; no record may be pending.
   *
   * @param stop why it stops the run; null when it does not
   */
  Outcome outcome(ChunkId chunk, Instant start, Instant end, @Nullable Stop stop) {
    List<Rejection> all = new ArrayList<>(rows.rejections());
    all.addAll(fates.refusals());
    all.sort(Comparator.comparingLong(Rejection::row));
    return new Outcome(
        chunk.lane(),
        chunk.number(),
        fates.counts().plus(RowCounts.rejected(rows.rejections().size())),
        all,
        fates.open(),
        counts.recordsSentAgain(),
        counts.calls(),
        counts.retries(),
        counts.throttledCalls(),
        start,
        end,
        stop);
  }
}
