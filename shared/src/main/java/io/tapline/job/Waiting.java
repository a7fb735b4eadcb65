package io.tapline.job;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/**
 * The calls of a chunk that are still to be made, in the order of the export: no batch has a record
 * before one of a batch in front of it. Not thread-safe.
 */
final class Waiting {

  /** How many calls may be spent on halves, to find the records that spoil a whole call. */
  private static final int SEARCH_CALLS = 24;

  private final Deque<Batch> batches;
  private int searchCalls;

  /**
   * What waits.
   *
   * @param searchCalls how many calls were spent on halves already
   */
  Waiting(List<Batch> batches, int searchCalls) {
    this.batches = new ArrayDeque<>(batches);
    this.searchCalls = searchCalls;
  }

  boolean isEmpty() {
    return batches.isEmpty();
  }

  Batch first() {
    return batches.getFirst();
  }

  void removeFirst() {
    batches.removeFirst();
  }

  /** Puts batches in front. */
  void addFirst(List<Batch> inOrder) {
    inOrder.reversed().forEach(batches::addFirst);
  }

  /** Puts the halves of a batch in front, unless too many calls were spent on such searches. */
  boolean addHalves(Batch batch) {
    List<Batch> halves = batch.halves();
    if (searchCalls + halves.size() > SEARCH_CALLS) {
      return false;
    }
    searchCalls += halves.size();
    addFirst(halves);
    return true;
  }

  /** Takes records out that are not to be sent. */
  void remove(Collection<Integer> records) {
    List<Batch> left =
        batches.stream()
            .map(b -> b.records().stream().filter(record -> !records.contains(record)).toList())
            .filter(kept -> !kept.isEmpty())
            .map(Batch::again)
            .toList();
    batches.clear();
    batches.addAll(left);
  }

  List<Batch> batches() {
    return List.copyOf(batches);
  }

  int searchCalls() {
    return searchCalls;
  }
}
