package io.tapline.local.standin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** The custom list segments of an account. Safe for several threads. */
final class Segments {

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Long> ids = new HashMap<>();
  private final List<Segment> completed = new ArrayList<>();
  private long lastId = 1000;

  /**
   * @param names of segments that are there from the start
   */
  Segments(Set<String> names) {
    names.forEach(name -> ids.put(name, ++lastId));
  }

  /**
   * Makes a segment, or replaces the one of this name.
   *
   * @return empty when there is one and it is not to be replaced, or when there is none
   */
  Optional<Segment> complete(String name, boolean replace, Path file) {
    SegmentList list = SegmentList.read(file);
    lock.lock();
    try {
      if (ids.containsKey(name) != replace) {
        return Optional.empty();
      }
      long id = ids.computeIfAbsent(name, key -> ++lastId);
      Segment segment = new Segment(id, name, replace, file, list.rows(), list.problem());
      completed.add(segment);
      return Optional.of(segment);
    } finally {
      lock.unlock();
    }
  }

  /** All that were completed, in this order; one that was replaced is there as often. */
  List<Segment> completed() {
    lock.lock();
    try {
      return List.copyOf(completed);
    } finally {
      lock.unlock();
    }
  }
}
