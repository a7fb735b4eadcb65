package io.tapline.ledger;

import io.tapline.ledger.OpenRows.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the runs of a job have made of one chunk. A run takes up the rows that the runs before it
 * left open, or some of them; what it did not take up stays as it was. Not thread-safe.
 */
public final class ChunkHistory {

  private final boolean events;
  private boolean takenUp;
  private List<OpenRows> open = List.of();

  /**
   * No run has an outcome of it yet.
   *
   * @param events whether the rows are events
   */
  public ChunkHistory(boolean events) {
    this.events = events;
  }

  /**
   * Adds what became of it in the next run that has an outcome of it.
   *
   * @param redrive what that run was asked to do; null for the first run
   */
  public void add(Outcome outcome, @Nullable Redrive redrive) {
    List<OpenRows> next = new ArrayList<>(outcome.open());
    if (redrive != null) {
      open.stream().filter(rows -> !redrive.takesUp(rows.state(), events)).forEach(next::add);
    }
    open = List.copyOf(next);
    takenUp = true;
  }

  /** Whether any run has an outcome of it; if none has, all its rows are open. */
  public boolean isTakenUp() {
    return takenUp;
  }

  /** What is left open; nothing where no run has taken it up. */
  public List<OpenRows> open() {
    return open;
  }

  /** Whether a redrive has something to do here. */
  public boolean isForRedrive(Redrive redrive) {
    return !takenUp || open.stream().anyMatch(rows -> redrive.takesUp(rows.state(), events));
  }

  /** The rows of which nobody knows whether CleverTap took them. */
  public Set<Long> unknown() {
    Set<Long> rows = new TreeSet<>();
    open.stream()
        .filter(group -> group.state() == State.UNKNOWN)
        .forEach(group -> rows.addAll(group.rows()));
    return rows;
  }

  /** The rows that a redrive takes up; empty for none of them, or where it takes up all rows. */
  public Set<Long> rowsFor(Redrive redrive) {
    Set<Long> rows = new TreeSet<>();
    open.stream()
        .filter(group -> redrive.takesUp(group.state(), events))
        .forEach(group -> rows.addAll(group.rows()));
    return rows;
  }
}
