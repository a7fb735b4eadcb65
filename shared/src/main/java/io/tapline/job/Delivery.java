package io.tapline.job;

import io.tapline.clevertap.CallEnd;
import io.tapline.clevertap.Caller;
import io.tapline.clevertap.Endpoint;
import io.tapline.clevertap.Refusal;
import io.tapline.clevertap.UploadAnswer;
import io.tapline.ledger.OpenRows.State;
import io.tapline.ledger.Stop;
import io.tapline.record.Mapped;
import io.tapline.sync.Sync;
import java.util.ArrayDeque;
import java.util.Deque;
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

  /** How many calls may be spent on halves, to find the records that spoil a whole call. */
  private static final int SEARCH_CALLS = 24;

  private static final int MALFORMED = 400;
  private static final int TOO_LARGE = 413;

  private static final Fate SERVER_ERRORS =
      new Fate.Open(
          State.FAILED,
          Refusal.SERVER_ERROR,
          "CleverTap answered %d times with a server error".formatted(SERVER_ERROR_RETRIES + 1));

  private static final Fate DOUBTFUL =
      new Fate.Open(
          State.UNKNOWN, "UNKNOWN_OUTCOME", "a try of their call ended without an answer");

  private static final Pattern POSITION_TAIL =
      Pattern.compile("[.\\s]*Skipped record number\\s*:.*$", Pattern.DOTALL);

  private final Sync sync;
  private final Endpoint endpoint;
  private final Caller caller;
  private final List<Mapped> records;
  private final Fates fates;
  private final int[] serverErrors;
  private final Deque<Batch> batches = new ArrayDeque<>();
  private int searchCalls;

  /** The records of the last call, where one of its tries may have been processed. */
  private List<Integer> doubtful = List.of();

  private @Nullable Stop stop;

  /** A delivery of a chunk's records, in the order of the export. */
  Delivery(Sync sync, Caller caller, List<Mapped> records) {
    this.sync = sync;
    this.endpoint = Endpoint.of(sync.kind());
    this.caller = caller;
    this.records = records;
    this.fates = new Fates(records);
    this.serverErrors = new int[records.size()];
  }

  /**
   * Delivers what can be delivered now.
   *
   * @return why the rest has to wait; empty when nothing is pending any more
   */
  Optional<CallEnd.TryLater> deliver() {
    if (!records.isEmpty()) {
      batches.add(Batch.first(records.size()));
    }
    while (!batches.isEmpty()) {
      Batch batch = batches.removeFirst();
      switch (caller.call(batch.body(endpoint, records), batch.size(), batch.again())) {
        case CallEnd.Answered answered -> apply(answered.answer(), batch);
        case CallEnd.Refused refused -> split(batch, refused);
        case CallEnd.Unknown unknown ->
            fates.putAll(
                batch.records(), new Fate.Open(State.UNKNOWN, "UNKNOWN_OUTCOME", unknown.reason()));
        case CallEnd.Forbidden forbidden ->
            stop = new Stop("CALLS_FORBIDDEN", forbidden.reason(), null);
        case CallEnd.NoConnection none ->
            stop = new Stop("CONNECTION_UNUSABLE", none.reason(), null);
        case CallEnd.TryLater later -> {
          doubtful = caller.mayBeTaken() ? batch.records() : List.of();
          return Optional.of(later);
        }
      }
      if (stop != null) {
        if (caller.mayBeTaken()) {
          batch.records().stream().filter(fates::isPending).forEach(r -> fates.put(r, DOUBTFUL));
        }
        fates.giveUp(Fate.notSent(stop));
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Leaves open what is pending, since it will not be tried again in this run. */
  void giveUp(CallEnd.TryLater end) {
    fates.putAll(doubtful, DOUBTFUL);
    fates.giveUp(new Fate.Open(State.FAILED, end.code(), end.reason()));
  }

  /** Why the run must be stopped; empty when it need not. */
  Optional<Stop> stop() {
    return Optional.ofNullable(stop);
  }

  /** What is known of the records. */
  Fates fates() {
    return fates;
  }

  private void apply(UploadAnswer answer, Batch batch) {
    Map<Integer, Refusal> refused = batch.refused(answer, records);
    List<Integer> rest = batch.records().stream().filter(r -> !refused.containsKey(r)).toList();
    boolean addsUp =
        refused.size() == answer.refusals().size()
            && (!endpoint.countsRecords()
                || answer.processed() + answer.refusals().size() == batch.size());
    // Of unaccounted ones this is what is known until another answer says more.
    fates.putAll(rest, addsUp ? Fate.ACCEPTED : unaccounted(batch, answer));
    SortedSet<Integer> again = new TreeSet<>();
    int tries = 0;
    for (Map.Entry<Integer, Refusal> entry : refused.entrySet()) {
      int record = entry.getKey();
      Refusal refusal = entry.getValue();
      if (!refusal.code().equals(Refusal.SERVER_ERROR)) {
        refuse(record, refusal.code(), POSITION_TAIL.matcher(refusal.error()).replaceFirst(""));
      } else if (++serverErrors[record] <= SERVER_ERROR_RETRIES) {
        again.add(record);
        tries = Math.max(tries, serverErrors[record]);
      } else {
        fates.put(record, SERVER_ERRORS);
      }
    }
    if (stop != null) {
      return;
    }
    boolean searchable = !addsUp && !rest.isEmpty() && !sync.isEvents() && batch.size() > 1;
    if (!searchable || !sendHalves(Batch.again(both(again, rest)))) {
      sendAgain(again, batch);
    }
    if (!again.isEmpty()) {
      caller.pause(tries);
    }
  }

  private void refuse(int record, String code, String reason) {
    fates.put(record, new Fate.Refused(code, reason));
    if (!sync.skipOnInvalidRecord() && stop == null) {
      long row = records.get(record).row();
      stop =
          new Stop(
              "REFUSED_RECORD",
              "CleverTap refused row %d with code %s, and skipOnInvalidRecord is off"
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
    fates.putAll(again, Fate.PENDING);
    batches.addFirst(Batch.again(again));
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
      addFirst(batch.halves());
    } else if (refused.status() != MALFORMED || !sendHalves(batch)) {
      fates.putAll(batch.records(), new Fate.Open(State.FAILED, code, refused.reason()));
    }
  }

  /** Whether the halves of a batch are sent, or too many calls were spent on the search already. */
  private boolean sendHalves(Batch batch) {
    List<Batch> halves = batch.halves();
    if (searchCalls + halves.size() > SEARCH_CALLS) {
      return false;
    }
    searchCalls += halves.size();
    addFirst(halves);
    return true;
  }

  private void addFirst(List<Batch> inOrder) {
    inOrder.reversed().forEach(batches::addFirst);
  }

  private static List<Integer> both(SortedSet<Integer> some, List<Integer> others) {
    SortedSet<Integer> both = new TreeSet<>(some);
    both.addAll(others);
    return List.copyOf(both);
  }
}
