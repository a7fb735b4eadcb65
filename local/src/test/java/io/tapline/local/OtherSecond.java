package io.tapline.local;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps pushes from one folder in different seconds. S3 tells times in whole ones, so of two
 * exports of a sync within one, either may count as the older one, which is not pushed any more. A
 * push in a JVM that is warm is short enough for that; a user's JVM takes longer to start.
 */
final class OtherSecond {

  private static final Map<Path, Long> LAST = new ConcurrentHashMap<>();

  private OtherSecond() {}

  /** Waits while it is the second of the last push from this folder. */
  static void await(Path folder) {
    while (Instant.now().getEpochSecond() == LAST.getOrDefault(folder, 0L)) {
      LockSupport.parkNanos(5_000_000);
    }
  }

  /** A push from this folder has put its export. */
  static void pushed(Path folder) {
    LAST.put(folder, Instant.now().getEpochSecond());
  }
}
