package io.tapline.job;

import io.tapline.ledger.OpenRows;
import io.tapline.ledger.OpenRows.State;
import io.tapline.ledger.RowCounts;
import io.tapline.record.Mapped;
import io.tapline.record.Rejection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** What is known of each record of a chunk. Not thread-safe. */
final class Fates {

  private static final String MALFORMED = "400";

  private final List<Mapped> records;
  private final Fate[] fates;

  /** Nothing is known of these records yet. */
  Fates(List<Mapped> records) {
    this.records = records;
    this.fates = new Fate[records.size()];
    Arrays.fill(fates, Fate.PENDING);
  }

  void put(int record, Fate fate) {
    fates[record] = fate;
  }

  void putAll(List<Integer> some, Fate fate) {
    some.forEach(record -> fates[record] = fate);
  }

  boolean isPending(int record) {
    return fates[record] instanceof Fate.Pending;
  }

  /** The records of this fate. */
  List<Integer> of(Fate fate) {
    return IntStream.range(0, fates.length).filter(i -> fates[i].equals(fate)).boxed().toList();
  }

  /** Makes records pending again that had a fate. */
  void reopen(List<Integer> some) {
    some.stream().filter(record -> !isPending(record)).forEach(record -> put(record, Fate.PENDING));
  }

  /** A try of these records ended, and nobody knows whether it brought them. */
  void lose(List<Integer> some) {
    some.stream().filter(this::isPending).forEach(record -> put(record, Fate.LOST));
  }

  /**
   * These records are sent once more.
   *
   * @return how many of them the try before may have brought already
   */
  int resend(List<Integer> some) {
    List<Integer> lost = some.stream().filter(r -> fates[r].equals(Fate.LOST)).toList();
    putAll(lost, Fate.DOUBTFUL);
    return lost.size();
  }

  /** Leaves all that is pending open. */
  void giveUp(Fate.Open fate) {
    leaveOpen(IntStream.range(0, fates.length).boxed().toList(), fate);
  }

  /**
   * Leaves those of these records open that are pending; as unknown, whatever the reason, where a
   * try may have brought them.
   */
  void leaveOpen(List<Integer> some, Fate.Open fate) {
    for (int record : some) {
      if (fates[record] instanceof Fate.Pending(Fate.Doubt doubt)) {
        fates[record] = doubt == Fate.Doubt.NONE ? fate : Fate.UNKNOWN_OUTCOME;
      }
    }
  }

  /** Whether CleverTap took this record, or may have. */
  boolean mayBeTaken(int record) {
    return isTaken(fates[record]) || isOpen(fates[record], State.UNKNOWN);
  }

  /** Whether CleverTap found no record of the chunk well-formed. */
  boolean isWhollyMalformed() {
    return fates.length > 0 && Arrays.stream(fates).allMatch(Fates::isMalformed);
  }

  /** How many records there are of each fate; none may be pending. */
  RowCounts counts() {
    return new RowCounts(
        fates.length,
        count(Fates::isTaken),
        0,
        count(Fate.Refused.class::isInstance),
        count(fate -> isOpen(fate, State.FAILED)),
        count(fate -> isOpen(fate, State.UNKNOWN)),
        count(fate -> isOpen(fate, State.NOT_SENT)));
  }

  /** What CleverTap refused, in the order of the export. */
  List<Rejection> refusals() {
    List<Rejection> refusals = new ArrayList<>();
    for (int i = 0; i < fates.length; i++) {
      if (fates[i] instanceof Fate.Refused(String code, String reason)) {
        long row = records.get(i).row();
        refusals.add(new Rejection(row, Rejection.By.CLEVERTAP, code, null, reason));
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
        .map(
            group -> {
              Fate.Open open = group.getKey();
              return new OpenRows(open.state(), open.code(), open.reason(), group.getValue());
            })
        .toList();
  }

  private long count(Predicate<Fate> which) {
    return Arrays.stream(fates).filter(which).count();
  }

  private static boolean isTaken(Fate fate) {
    return fate.equals(Fate.ACCEPTED);
  }

  private static boolean isOpen(Fate fate, State state) {
    return fate instanceof Fate.Open open && open.state() == state;
  }

  private static boolean isMalformed(Fate fate) {
    return switch (fate) {
      case Fate.Refused refused -> refused.code().equals(MALFORMED);
      case Fate.Open open -> open.code().equals(MALFORMED);
      case Fate.Pending pending -> false;
      case Fate.Accepted accepted -> false;
    };
  }
}
