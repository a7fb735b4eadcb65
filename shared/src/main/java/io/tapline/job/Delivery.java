package io.tapline.job;

import io.tapline.clevertap.CallEnd;
import io.tapline.clevertap.Caller;
import io.tapline.clevertap.Endpoint;
import io.tapline.clevertap.Refusal;
import io.tapline.clevertap.Tries;
import io.tapline.clevertap.UploadAnswer;
import io.tapline.ledger.OpenRows.State;
import io.tapline.ledger.Stop;
import io.tapline.record.Mapped;
import io.tapline.sync.Sync;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Brings the records of one chunk to CleverTap, one call at a time, until the fate of each is known
 * or none can be learned now. Calls are made in the order of the export, also when one has to be
 * split: no batch that waits has a record before one of the batch that is sent. Not thread-safe.
 */
final class Delivery {

  /** A record that CleverTap could not take for an error of its own is sent again this often. */
  private static final int SERVER_ERROR_RETRIES = 3;

  /** Characters; its documented ones have a hundred. */
  private static final int MAX_WORDS = 500;

  private static final int MALFORMED = 400;
  private static final int TOO_LARGE = 413;

  private static final Fate.Open SERVER_ERRORS =
      new Fate.Open(
          State.FAILED,
          Refusal.SERVER_ERROR,
          "CleverTap answered %d times with a server error".formatted(SERVER_ERROR_RETRIES + 1));

  private static final Pattern POSITION_TAIL =
      Pattern.compile("[.\\s]*Skipped record number\\s*:.*$", Pattern.DOTALL);

  private final Sync sync;
  private final Endpoint endpoint;
  private final Caller caller;
  private final Progress progress;
  private final CallNotes notes;
  private final List<Mapped> records;
  private final Fates fates;
  private final Waiting waiting;
  private @Nullable Stop stop;

  /** A delivery of what waits. */
  Delivery(Sync sync, Caller caller, Progress progress, CallNotes notes) {
    this.sync = sync;
    this.endpoint = Endpoint.of(sync.kind());
    this.caller = caller;
    this.records = progress.records();
    this.progress = progress;
    this.notes = notes;
    this.fates = progress.fates();
    this.waiting = progress.waiting();
  }

  /**
   * Delivers what can be delivered now.
   *
   * @return why the rest has to wait; empty when nothing is pending any more
   * @throws TakenException when another invocation has the chunk
   */
  Optional<CallEnd.TryLater> deliver() {
    while (!waiting.isEmpty()) {
      Batch batch = waiting.first();
      CallEnd end =
          caller.call(batch.body(endpoint, records), batch.again(), new NotedTries(batch));
      waiting.removeFirst();
      int errors = 0;
      switch (end) {
        case CallEnd.Answered answered -> errors = apply(answered.answer(), batch);
        case CallEnd.Refused refused -> split(batch, refused);
        case CallEnd.Unknown unknown ->
            fates.putAll(
                batch.records(), new Fate.Open(State.UNKNOWN, "UNKNOWN_OUTCOME", unknown.reason()));
        case CallEnd.Forbidden forbidden ->
            stop = new Stop("CALLS_FORBIDDEN", forbidden.reason(), null);
        case CallEnd.NoConnection none ->
            stop = new Stop(Stop.CONNECTION_UNUSABLE, none.reason(), null);
        case CallEnd.TryLater later -> {
          waiting.addFirst(List.of(Batch.again(batch.records())));
          return Optional.of(later);
        }
      }
      if (stop != null) {
        fates.giveUp(Fate.notSent(stop));
        return Optional.empty();
      }
      if (!waiting.isEmpty()) {
        notes.tried(progress);
      }
      if (errors > 0) {
        caller.pause(errors);
      }
    }
    return Optional.empty();
  }

  /** Why the run must be stopped; empty when it need not. */
  Optional<Stop> stop() {
    return Optional.ofNullable(stop);
  }

  /**
   * Takes what an answer says.
   *
   * @return how often CleverTap had an error of its own with a record that goes again; 0 when none
   *     does
   */
  private int apply(UploadAnswer answer, Batch batch) {
    Map<Integer, Refusal> refused = batch.refused(answer, records);
    List<Integer> rest = batch.records().stream().filter(r -> !refused.containsKey(r)).toList();
    boolean addsUp =
        refused.size() == answer.refusals().size()
            && (!endpoint.countsRecords()
                || answer.processed() + answer.refusals().size() == batch.size());
    // Of unaccounted ones this is what is known until another answer says more.
    fates.putAll(rest, addsUp ? Fate.ACCEPTED : unaccounted(batch, answer));
    SortedSet<Integer> again = new TreeSet<>();
    int most = 0;
    for (Map.Entry<Integer, Refusal> entry : refused.entrySet()) {
      int record = entry.getKey();
      Refusal refusal = entry.getValue();
      if (!refusal.code().equals(Refusal.SERVER_ERROR)) {
        refuse(record, refusal.code(), words(refusal));
        continue;
      }
      int errors = progress.countServerError(record);
      if (errors <= SERVER_ERROR_RETRIES) {
        again.add(record);
        most = Math.max(most, errors);
      } else {
        fates.leaveOpen(List.of(record), SERVER_ERRORS);
      }
    }
    if (stop != null) {
      return 0;
    }
    boolean searchable = !addsUp && !rest.isEmpty() && !sync.isEvents() && batch.size() > 1;
    if (!searchable || !waiting.addHalves(Batch.again(both(again, rest)))) {
      sendAgain(again, batch);
    }
    return most;
  }

  /** CleverTap's, without the place in the call; what it answers must not fill the ledger. */
  private static String words(Refusal refusal) {
    String error = refusal.error();
    String start = error.length() <= 2 * MAX_WORDS ? error : error.substring(0, 2 * MAX_WORDS);
    String words = POSITION_TAIL.matcher(start).replaceFirst("");
    return words.length() <= MAX_WORDS ? words : words.substring(0, MAX_WORDS) + "…";
  }

  private void refuse(int record, String code, String reason) {
    fates.put(record, new Fate.Refused(code, reason));
    if (!sync.skipOnInvalidRecord() && stop == null) {
      long row = records.get(record).row();
      stop =
          new Stop(
              "REFUSED_RECORD",
              "CleverTap refused row %d with code %s, and skipOnInvalidRecord is off; correct the row, or turn it on"
                  .formatted(row, code),
              row);
    }
  }

  private Fate unaccounted(Batch batch, UploadAnswer answer) {
    return new Fate.Open(
        State.UNKNOWN,
        "UNACCOUNTED",
        "the answer to rows %d to %d does not add up: %d records sent, %d processed, %d unprocessed"
            .formatted(
                records.get(batch.records().getFirst()).row(),
                records.get(batch.records().getLast()).row(),
                batch.size(),
                answer.processed(),
                answer.refusals().size()));
  }

  /**
   * Puts records that met a server error back in front. A profile takes the later records of its
   * user along: they must stay the last word on that user.
   */
  private void sendAgain(SortedSet<Integer> failed, Batch batch) {
    if (failed.isEmpty()) {
      return;
    }
    List<Integer> again =
        sync.isEvents()
            ? List.copyOf(failed)
            : batch.records().stream()
                .filter(r -> failed.contains(r) || follows(r, failed))
                .toList();
    fates.reopen(again);
    waiting.addFirst(List.of(Batch.again(again)));
  }

  /** Whether CleverTap took a record, or may have, behind one of the same user that failed. */
  private boolean follows(int record, SortedSet<Integer> failed) {
    String user = records.get(record).user();
    return fates.mayBeTaken(record)
        && failed.headSet(record).stream().anyMatch(r -> records.get(r).user().equals(user));
  }

  /** Deals with a call that was refused as a whole. */
  private void split(Batch batch, CallEnd.Refused refused) {
    String code = Integer.toString(refused.status());
    if (batch.size() == 1) {
      refuse(batch.records().getFirst(), code, refused.reason());
    } else if (refused.status() == TOO_LARGE) {
      waiting.addFirst(batch.halves());
    } else if (refused.status() != MALFORMED || !waiting.addHalves(batch)) {
      fates.leaveOpen(batch.records(), new Fate.Open(State.FAILED, code, refused.reason()));
    }
  }

  private static List<Integer> both(SortedSet<Integer> some, List<Integer> others) {
    SortedSet<Integer> both = new TreeSet<>(some);
    both.addAll(others);
    return List.copyOf(both);
  }

  /** Notes each try of a batch. */
  private final class NotedTries implements Tries {

    private final Batch batch;

    NotedTries(Batch batch) {
      this.batch = batch;
    }

    @Override
    public void sending() {
      notes.sending(batch, progress);
      progress.counts().sendingAgain(fates.resend(batch.records()));
    }

    @Override
    public void undecided(boolean unknown) {
      if (unknown) {
        fates.lose(batch.records());
      }
      notes.tried(progress);
    }
  }
}
