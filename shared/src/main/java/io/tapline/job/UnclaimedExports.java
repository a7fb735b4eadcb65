package io.tapline.job;

import io.tapline.aws.ObjectEntry;
import io.tapline.aws.ObjectVersion;
import io.tapline.aws.Page;
import io.tapline.aws.TimeBudget;
import io.tapline.ledger.JobId;
import io.tapline.sync.Sync;
import io.tapline.sync.Syncs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
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
  private final String bucket;
  private final Syncs syncs;
  private final Instant before;
  private final Set<String> wantedSeconds;
  private final TimeBudget budget;

  /** By the second in which they were written, oldest first. */
  private final TreeMap<String, List<Unclaimed>> listed = new TreeMap<>();

  /**
   * Prepares to look.
   *
   * @param before the news of an export that is not older may be on its way: it is left out
   * @param wanted exports as job ids name them, which are looked at all the same
   */
  UnclaimedExports(
      Installation installation,
      String bucket,
      Syncs syncs,
      Instant before,
      Set<String> wanted,
      TimeBudget budget) {
    this.installation = installation;
    this.bucket = bucket;
    this.syncs = syncs;
    this.before = before;
    this.wantedSeconds = wanted.stream().map(JobId::second).collect(Collectors.toSet());
    this.budget = budget;
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
   * @return false when the time ran out before all were found
   */
  boolean find(Consumer<Unclaimed> found) {
    for (String prefix : prefixes()) {
      if (!list(prefix)) {
        return false;
      }
    }
    if (listed.isEmpty()) {
      return true;
    }
    Set<String> claimed = claimed(listed.firstEntry().getValue().getFirst().export());
    Map<String, Integer> claims = new HashMap<>();
    claimed.forEach(export -> claims.merge(JobId.second(export), 1, Integer::sum));
    for (Map.Entry<String, List<Unclaimed>> entry : listed.entrySet()) {
      int taken = claims.getOrDefault(entry.getKey(), 0);
      boolean isWanted = wantedSeconds.contains(entry.getKey());
      if (taken >= entry.getValue().size() && !isWanted) {
        continue;
      }
      for (Unclaimed export : entry.getValue()) {
        if (!budget.allows(ONE_STEP)) {
          return false;
        }
        if (taken == 0 && !isWanted && export.sync().since() == null) {
          found.accept(export);
        } else {
          look(export).filter(seen -> !claimed.contains(idOf(seen))).ifPresent(found);
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

  /** Lists the exports under a prefix; false when the time ran out. */
  private boolean list(String prefix) {
    String after = null;
    while (budget.allows(ONE_STEP)) {
      Page<ObjectEntry> page = installation.store().entries(bucket, prefix, after);
      page.items().forEach(this::add);
      after = page.next();
      if (after == null) {
        return true;
      }
    }
    return false;
  }

  private void add(ObjectEntry export) {
    if (syncs.find(export.key()) instanceof Syncs.Found(Sync sync)) {
      String second = JobId.second(export.lastModified());
      boolean isFrom = sync.since() == null || !export.lastModified().isBefore(sync.since());
      if (wantedSeconds.contains(second) || (isFrom && export.lastModified().isBefore(before))) {
        listed
            .computeIfAbsent(second, s -> new ArrayList<>())
            .add(new Unclaimed(sync, export, null));
      }
    }
  }

  /** The exports that are claimed, as job ids name them, from that of {@code oldest} on. */
  private Set<String> claimed(ObjectEntry oldest) {
    return installation.ledger().claimed(oldest.lastModified()).stream()
        .map(JobId::export)
        .collect(Collectors.toSet());
  }

  private Optional<Unclaimed> look(Unclaimed export) {
    return installation
        .store()
        .head(bucket, export.export().key(), null)
        .map(version -> new Unclaimed(export.sync(), export.export(), version));
  }

  private static String idOf(Unclaimed seen) {
    return JobId.of(Objects.requireNonNull(seen.version()));
  }
}
