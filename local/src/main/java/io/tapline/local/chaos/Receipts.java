package io.tapline.local.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapline.local.chaos.Export.ExportRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What CleverTap took, by row. Of a custom list that counts which it took last, since it replaces
 * those before. For one thread at a time, as the stand-in calls it.
 */
final class Receipts {

  private final Target target;
  private final Map<Long, ExportRow> expected = new HashMap<>();
  private final Map<Long, Integer> times = new HashMap<>();
  private final Map<String, Long> lastOfUser = new HashMap<>();
  private final Map<String, Set<Long>> lists = new HashMap<>();
  private final Map<String, Long> segments = new HashMap<>();
  private final List<String> strangers = new ArrayList<>();

  /** Receipts for the records of these exports. */
  Receipts(Target target, List<Export> exports) {
    this.target = target;
    for (Export export : exports) {
      export.rows().forEach(row -> expected.put(row.id(), row));
    }
  }

  /** CleverTap took a record, or a line of the list that was begun last. */
  void took(JsonNode record) {
    long id = target.shape().idOf(record);
    ExportRow row = expected.get(id);
    if (row == null || !row.good() || !target.shape().isOf(row, record)) {
      strangers.add("CleverTap took a record that no good row of the export makes: seq " + id);
      return;
    }
    times.merge(id, 1, Integer::sum);
    if (target.isList()) {
      lastOfUser.merge(row.user(), id, Math::max);
    } else {
      lastOfUser.put(row.user(), id);
    }
  }

  /**
   * A custom list becomes the segment, whose rows follow.
   *
   * @param name the same for all lists of a job
   * @param segment what CleverTap calls it
   * @param rows the ids of its rows
   */
  void beginList(String name, long segment, List<Long> rows) {
    segments.put(name, segment);
    Set<Long> distinct = new HashSet<>(rows);
    if (distinct.size() < rows.size()) {
      strangers.add("list %s has rows twice".formatted(name));
    }
    Set<Long> before = lists.put(name, distinct);
    if (before != null) {
      times.keySet().removeAll(before);
      if (target.isTakenOnce()) {
        strangers.add("list %s became a segment twice".formatted(name));
      }
    }
    lastOfUser.clear();
  }

  /** CleverTap is asked to make a segment of a list. */
  void askedFor(String name) {
    if (target.isTakenOnce() && lists.containsKey(name)) {
      strangers.add("list %s is a segment, and was to become one again".formatted(name));
    }
  }

  /** The segment that a list became last; empty when it became none. */
  Optional<Long> segmentOf(String name) {
    return Optional.ofNullable(segments.get(name));
  }

  /** How often a row was taken. */
  int times(ExportRow row) {
    return times.getOrDefault(row.id(), 0);
  }

  /** The id of the row of a user that was taken last; 0 when none was. */
  long lastOf(String user) {
    return lastOfUser.getOrDefault(user, 0L);
  }

  /** What was taken that should not be. */
  List<String> strangers() {
    return strangers;
  }
}
