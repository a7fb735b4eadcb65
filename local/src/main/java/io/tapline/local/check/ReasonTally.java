package io.tapline.local.check;

import io.tapline.record.Rejection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts rejected rows by reason, as a report does. What it keeps depends on the kinds of reasons,
 * not on the rows. Not thread-safe.
 */
final class ReasonTally {

  private static final int FIRST_ROWS = 10;

  private final Map<Key, Rows> groups = new LinkedHashMap<>();
  private @Nullable Rejection first;
  private long count;

  /** Adds a rejection; they come in the order of the export. */
  void add(Rejection rejection) {
    if (first == null) {
      first = rejection;
    }
    count++;
    groups
        .computeIfAbsent(
            new Key(rejection.code(), rejection.column()),
            key -> new Rows(MaskedReason.of(rejection)))
        .add(rejection.row());
  }

  long count() {
    return count;
  }

  /** The first of all; null: there is none. */
  @Nullable Rejection first() {
    return first;
  }

  /** The most frequent first. */
  List<RejectedRows> reasons() {
    return groups.entrySet().stream()
        .map(
            group ->
                new RejectedRows(
                    group.getKey().code(),
                    group.getKey().column(),
                    group.getValue().count,
                    group.getValue().reason,
                    List.copyOf(group.getValue().first)))
        .sorted(
            Comparator.comparingLong(RejectedRows::count)
                .reversed()
                .thenComparing(reason -> reason.firstRows().getFirst()))
        .toList();
  }

  private record Key(String code, @Nullable String column) {}

  private static final class Rows {

    private final String reason;
    private final List<Long> first = new ArrayList<>();
    private long count;

    Rows(String reason) {
      this.reason = reason;
    }

    void add(long row) {
      count++;
      if (first.size() < FIRST_ROWS) {
        first.add(row);
      }
    }
  }
}
