package io.tapline.job;

import io.tapline.clevertap.CallEnd;
import io.tapline.clevertap.Caller;
import io.tapline.clevertap.Refusal;
import io.tapline.clevertap.UploadAnswer;
import io.tapline.ledger.OpenRows;
import io.tapline.ledger.OpenRows.State;
import io.tapline.ledger.Stop;
import io.tapline.record.Mapped;
import io.tapline.record.Rejection;
import io.tapline.sync.Sync;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Brings the records of one chunk to CleverTap, one call at a time, until each is decided or none
 * can be now. Calls are made in the order of the export, also when one has to be split. Not
 * thread-safe.
 */
final class Delivery {

  /** A record that CleverTap could not take for an error of its own is sent again this often. */
  private static final int SERVER_ERROR_RETRIES = 3;

  /** How many calls may be spent on finding the records that make CleverTap refuse a whole call. */
  private static final int SEARCH_CALLS = 24;

  private static final Pattern POSITION_TAIL =
      Pattern.compile("[.\\s]*Skipped record number\\s*:.*$", Pattern.DOTALL);

  private final Sync sync;
  private final Caller caller;
  private final List<Mapped> records;
  private final Fate[] fates;
  private final int[] serverErrors;
  private final Deque<Batch> batches = new ArrayDeque<>();
  private int searchCalls;
  private @Nullable Stop stop;

  Delivery(Sync sync, Caller caller, List<Mapped> records) {
    this.sync = sync;
    this.caller = caller;
    this.records = records;
    this.fates = new Fate[records.size()];
    Arrays.fill(fates, Fate.PENDING);
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
      switch (caller.call(body(batch), batch.size(), batch.again())) {
        case CallEnd.Answered answered -> apply(batch, answered.answer());
        case CallEnd.Refused refused -> split(batch, refused);
        case CallEnd.Unknown unknown ->
            decide(batch, new Fate.Open(State.UNKNOWN, "UNKNOWN_OUTCOME", unknown.reason()));
        case CallEnd.Forbidden forbidden ->
            stop(new Stop("CALLS_FORBIDDEN", forbidden.reason(), null));
        case CallEnd.TryLater later -> {
          batches.clear();
          return Optional.of(later);
        }
      }
    }
    return Optional.empty();
  }

  /** Leaves what is pending open. */
  void giveUp(State state, String code, String reason) {
    Fate.Open fate = new Fate.Open(state, code, reason);
    for (int i = 0; i < fates.length; i++) {
      if (fates[i].equals(Fate.PENDING)) {
        fates[i] = fate;
      }
    }
  }

  /** Why the run must be stopped; empty when it need not. */
  Optional<Stop> stop() {
    return Optional.ofNullable(stop);
  }

  /** How many records there are in all. */
  int records() {
    return fates.length;
  }

  /** How many records CleverTap took. */
  int accepted() {
    return (int) Arrays.stream(fates).filter(Fate.ACCEPTED::equals).count();
  }

  /** Whether any record is decided for good. */
  boolean hasDecided() {
    return Arrays.stream(fates).anyMatch(fate -> !fate.equals(Fate.PENDING));
  }

  /** Whether CleverTap found no record of the chunk well-formed. */
  boolean isWhollyMalformed() {
    return fates.length > 0 && Arrays.stream(fates).allMatch(Delivery::isMalformed);
  }

  /** What CleverTap refused, in the order of the export. */
  List<Rejection> refusals() {
    List<Rejection> refusals = new ArrayList<>();
    for (int i = 0; i < fates.length; i++) {
      if (fates[i] instanceof Fate.Refused refused) {
        refusals.add(
            new Rejection(
                records.get(i).row(), Rejection.By.CLEVERTAP, refused.code, null, refused.reason));
      }
    }
    return refusals;
  }

  /** What is left open, by reason. */
  List<OpenRows> open() {
    Map<Fate.Open, List<Long>> rows = new LinkedHashMap<>();
    for (int i = 0; i < fates.length; i++) {
      if (fates[i] instanceof Fate.Open open) {
        rows.computeIfAbsent(open, o -> new ArrayList<>()).add(records.get(i).row());
      }
    }
    return rows.entrySet().stream()
        .map(e -> new OpenRows(e.getKey().state, e.getKey().code, e.getKey().reason, e.getValue()))
        .toList();
  }

  private void apply(Batch batch, UploadAnswer answer) {
    Set<Integer> named = new HashSet<>();
    List<Integer> serverErrorsHere = new ArrayList<>();
    int unmapped = 0;
    for (Refusal refusal : answer.refusals()) {
      int record = recordOf(refusal, batch);
      if (record < 0 || !named.add(record)) {
        unmapped++;
      } else if (refusal.code().equals(Refusal.SERVER_ERROR)) {
        serverErrorsHere.add(record);
      } else {
        fates[record] = new Fate.Refused(refusal.code(), withoutPosition(refusal.error()));
        stopAtRefusal(record);
      }
    }
    List<Integer> rest = batch.records.stream().filter(r -> !named.contains(r)).toList();
    if (unmapped == 0 && answer.processed() + answer.refusals().size() == batch.size()) {
      rest.forEach(record -> fates[record] = Fate.ACCEPTED);
    } else {
      unaccounted(batch, rest, answer);
    }
    sendAgain(serverErrorsHere, batch);
    if (stop != null) {
      batches.clear();
      giveUp(State.NOT_SENT, stop.code(), "the run was stopped");
    }
  }

  /**
   * The record that a refusal means, by its place in the call, else by who it is about; -1 when
   * that is not clear.
   */
  private int recordOf(Refusal refusal, Batch batch) {
    Integer position = refusal.position();
    if (position != null) {
      return position >= 1 && position <= batch.size() ? batch.records.get(position - 1) : -1;
    }
    if (batch.size() == 1) {
      return batch.records.getFirst();
    }
    List<Integer> candidates =
        batch.records.stream()
            .filter(record -> records.get(record).user().equals(refusal.user()))
            .toList();
    return candidates.size() == 1 ? candidates.getFirst() : -1;
  }

  private void stopAtRefusal(int record) {
    if (!sync.skipOnInvalidRecord() && stop == null) {
      Fate.Refused refused = (Fate.Refused) fates[record];
      long row = records.get(record).row();
      stop =
          new Stop(
              "REFUSED_RECORD",
              "CleverTap refused row %d with code %s, and skipOnInvalidRecord is off"
                  .formatted(row, refused.code),
              row);
    }
  }

  private void unaccounted(Batch batch, List<Integer> rest, UploadAnswer answer) {
    if (rest.isEmpty()) {
      return;
    }
    String reason =
        "the answer to rows %d to %d does not add up: %d records sent, %d processed, %d unprocessed"
            .formatted(
                records.get(batch.records.getFirst()).row(),
                records.get(batch.records.getLast()).row(),
                batch.size(),
                answer.processed(),
                answer.refusals().size());
    Batch unclear = new Batch(rest, true);
    if (sync.isEvents() || !sendHalves(unclear)) {
      decide(unclear, new Fate.Open(State.UNKNOWN, "UNACCOUNTED", reason));
    }
  }

  /**
   * Puts records that met a server error back in front. A profile takes the later records of its
   * user along: they must stay the last word on that user.
   */
  private void sendAgain(List<Integer> failed, Batch batch) {
    Set<Integer> again = new HashSet<>();
    int attempt = 0;
    for (int record : failed) {
      if (++serverErrors[record] > SERVER_ERROR_RETRIES) {
        fates[record] =
            new Fate.Open(
                State.FAILED,
                Refusal.SERVER_ERROR,
                "CleverTap answered %d times with a server error"
                    .formatted(SERVER_ERROR_RETRIES + 1));
        continue;
      }
      attempt = Math.max(attempt, serverErrors[record]);
      again.add(record);
      if (!sync.isEvents()) {
        String user = records.get(record).user();
        batch.records.stream()
            .filter(later -> later > record && records.get(later).user().equals(user))
            .filter(later -> fates[later].equals(Fate.ACCEPTED))
            .forEach(again::add);
      }
    }
    if (again.isEmpty() || stop != null) {
      return;
    }
    again.forEach(record -> fates[record] = Fate.PENDING);
    batches.addFirst(new Batch(again.stream().sorted().toList(), true));
    caller.pause(attempt);
  }

  /** Deals with a call that was refused as a whole. */
  private void split(Batch batch, CallEnd.Refused refused) {
    String code = Integer.toString(refused.status());
    if (batch.size() == 1) {
      fates[batch.records.getFirst()] = new Fate.Refused(code, refused.reason());
      stopAtRefusal(batch.records.getFirst());
      if (stop != null) {
        batches.clear();
        giveUp(State.NOT_SENT, stop.code(), "the run was stopped");
      }
    } else if (refused.status() == 413) {
      addHalves(batch);
    } else if (refused.status() != 400 || !sendHalves(batch)) {
      decide(batch, new Fate.Open(State.FAILED, code, refused.reason()));
    }
  }

  /** Whether the halves of a batch are sent, or too many calls were spent on the search already. */
  private boolean sendHalves(Batch batch) {
    if (searchCalls + 2 > SEARCH_CALLS) {
      return false;
    }
    searchCalls += 2;
    addHalves(batch);
    return true;
  }

  private void addHalves(Batch batch) {
    int middle = batch.size() / 2;
    batches.addFirst(new Batch(batch.records.subList(middle, batch.size()), true));
    if (middle > 0) {
      batches.addFirst(new Batch(batch.records.subList(0, middle), true));
    }
  }

  private void stop(Stop reason) {
    stop = reason;
    batches.clear();
    giveUp(State.NOT_SENT, reason.code(), "the run was stopped");
  }

  private void decide(Batch batch, Fate fate) {
    batch.records.forEach(record -> fates[record] = fate);
  }

  private byte[] body(Batch batch) {
    int size = 7;
    for (int record : batch.records) {
      size += records.get(record).json().length + 1;
    }
    byte[] body = new byte[size];
    int at = put(body, 0, "{\"d\":[");
    for (int i = 0; i < batch.size(); i++) {
      if (i > 0) {
        body[at++] = ',';
      }
      byte[] json = records.get(batch.records.get(i)).json();
      System.arraycopy(json, 0, body, at, json.length);
      at += json.length;
    }
    put(body, at, "]}");
    return body;
  }

  private static int put(byte[] body, int at, String ascii) {
    int next = at;
    for (int i = 0; i < ascii.length(); i++) {
      body[next++] = (byte) ascii.charAt(i);
    }
    return next;
  }

  private static boolean isMalformed(Fate fate) {
    return (fate instanceof Fate.Refused refused && refused.code.equals("400"))
        || (fate instanceof Fate.Open open && open.code.equals("400"));
  }

  private static String withoutPosition(String error) {
    return POSITION_TAIL.matcher(error).replaceFirst("");
  }

  /**
   * Records that go out in one call.
   *
   * @param records their indexes, in the order of the export
   * @param again whether they were in a call before
   */
  private record Batch(List<Integer> records, boolean again) {

    static Batch first(int size) {
      List<Integer> all = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        all.add(i);
      }
      return new Batch(all, false);
    }

    int size() {
      return records.size();
    }
  }

  /** What is known of a record. */
  private sealed interface Fate {

    Fate PENDING = new Pending();
    Fate ACCEPTED = new Accepted();

    record Pending() implements Fate {}

    record Accepted() implements Fate {}

    record Refused(String code, String reason) implements Fate {}

    record Open(State state, String code, String reason) implements Fate {}
  }
}
