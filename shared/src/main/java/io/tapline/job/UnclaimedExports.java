package io.tapline.job;

import io.tapline.aws.ObjectEntry;
import io.tapline.aws.ObjectVersion;
import io.tapline.aws.TimeBudget;
import io.tapline.ledger.JobId;
import io.tapline.ledger.Ledger;
import io.tapline.sync.Sync;
import io.tapline.sync.Syncs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the exports that nobody has claimed. The ids of claims begin with the second in which their
 * exports were written, so two listings tell nearly all: where a second has as many claims as
 * exports, each has its own. Only in other seconds is an export looked at, one request each. Not
 * thread-safe.
 */
final class UnclaimedExports {

  /** More than a page of a listing takes, or a look at an object and what is done with it. */
  private static final Duration ONE_STEP = Duration.ofMinutes(1);

  private final Installation installation;
  private final Ledger ledger;
  private final String bucket;
  private final Syncs syncs;

  UnclaimedExports(Installation installation, String bucket, Syncs syncs) {
    this.installation = installation;
    this.ledger = installation.ledger();
    this.bucket = bucket;
    this.syncs = syncs;
  }

  /**
   * An export that nobody has claimed.
   *
   * @param sync the sync that it falls to
   * @param version null where it was not looked at, since it will not be pushed anyway
   */
  record Unclaimed(Sync sync, ObjectEntry export, @Nullable ObjectVersion version) {}

  /**
   * Looks for them, oldest first. Those from before the {@code since} of their sync are left out.
   *
   * @param before only exports last modified before it: the news of a younger one may be on its way
   * @param wanted exports as job ids name them, which are looked at whatever their sync says
   * @return false when the time ran out before all were found
   */
  boolean find(Instant before, Set<String> wanted, TimeBudget budget, Consumer<Unclaimed> found) {
    TreeMap<String, List<Unclaimed>> bySecond = new TreeMap<>();
    for (String prefix : prefixes()) {
      if (!list(prefix, before, wanted, budget, bySecond)) {
        return false;
      }
    }
    if (bySecond.isEmpty()) {
      return true;
    }
    Set<String> claimed = new HashSet<>();
    Instant oldest = bySecond.firstEntry().getValue().getFirst().export().lastModified();
    for (String job : ledger.claimed(oldest)) {
      claimed.add(JobId.export(job));
    }
    Map<String, Integer> claims = new HashMap<>();
    claimed.forEach(export -> claims.merge(JobId.second(export), 1, Integer::sum));
    Set<String> wantedSeconds = seconds(wanted);
    for (Map.Entry<String, List<Unclaimed>> second : bySecond.entrySet()) {
      int taken = claims.getOrDefault(second.getKey(), 0);
      if (taken >= second.getValue().size() && !wantedSeconds.contains(second.getKey())) {
        continue;
      }
      for (Unclaimed export : second.getValue()) {
        if (!budget.allows(ONE_STEP)) {
          return false;
        }
        boolean isClear = taken == 0 && !wantedSeconds.contains(second.getKey());
        if (isClear && export.sync().since() == null) {
          found.accept(export);
        } else {
          look(export, claimed, found);
        }
      }
    }
    return true;
  }

  /** The syncs' prefixes, without those that begin with another one. */
  private Set<String> prefixes() {
    Set<String> prefixes = new TreeSet<>();
    // Sorted, a prefix comes before those that begin with it.
    for (String prefix :
        new TreeSet<>(syncs.loaded().values().stream().map(Sync::prefix).toList())) {
      if (prefixes.stream().noneMatch(prefix::startsWith)) {
        prefixes.add(prefix);
      }
    }
    return prefixes;
  }

  private boolean list(
      String prefix,
      Instant before,
      Set<String> wanted,
      TimeBudget budget,
      Map<String, List<Unclaimed>> bySecond) {
    Set<String> wantedSeconds = seconds(wanted);
    String after = null;
    while (true) {
      if (!budget.allows(ONE_STEP)) {
        return false;
      }
      List<ObjectEntry> page = installation.store().entries(bucket, prefix, after);
      if (page.isEmpty()) {
        return true;
      }
      for (ObjectEntry export : page) {
        String second = JobId.second(export.lastModified());
        if (export.lastModified().isBefore(before)
            && syncs.find(export.key()) instanceof Syncs.Found(Sync sync)
            && (isFrom(sync, export) || wantedSeconds.contains(second))) {
          bySecond
              .computeIfAbsent(second, s -> new ArrayList<>())
              .add(new Unclaimed(sync, export, null));
        }
      }
      after = page.getLast().key();
    }
  }

  private static boolean isFrom(Sync sync, ObjectEntry export) {
    return sync.since() == null || !export.lastModified().isBefore(sync.since());
  }

  private static Set<String> seconds(Set<String> exports) {
    Set<String> seconds = new HashSet<>();
    exports.forEach(export -> seconds.add(JobId.second(export)));
    return seconds;
  }

  private void look(Unclaimed export, Set<String> claimed, Consumer<Unclaimed> found) {
    installation
        .store()
        .head(bucket, export.export().key(), null)
        .filter(version -> !claimed.contains(JobId.of(version)))
        .ifPresent(version -> found.accept(new Unclaimed(export.sync(), export.export(), version)));
  }
}
