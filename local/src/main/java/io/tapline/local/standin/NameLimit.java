package io.tapline.local.standin;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** At most so many different names in an account. Safe for several threads. */
final class NameLimit {

  private final ReentrantLock lock = new ReentrantLock();
  private final int most;

  /** How many calls have brought each name: a name is gone when all of them gave it back. */
  private final Map<String, Integer> holders = new HashMap<>();

  NameLimit(int most) {
    this.most = most;
  }

  /** Takes all of these names, or none when there would be too many. */
  boolean take(Set<String> names) {
    lock.lock();
    try {
      long fresh = names.stream().filter(name -> !holders.containsKey(name)).count();
      if (holders.size() + fresh > most) {
        return false;
      }
      names.forEach(name -> holders.merge(name, 1, Integer::sum));
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Gives back names that were taken. */
  void giveBack(Set<String> names) {
    lock.lock();
    try {
      for (String name : names) {
        holders.computeIfPresent(name, (same, count) -> count == 1 ? null : count - 1);
      }
    } finally {
      lock.unlock();
    }
  }
}
