package io.tapline.job;

import io.tapline.aws.TimeBudget;
import io.tapline.ledger.JobId;
import io.tapline.ledger.Ledger;
import io.tapline.sync.Sync;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Tells whether the export of a sync is overdue: whether, within its {@code expectEvery}, none was
 * written that has rows. What counts is when an export was last modified, so a second job of an old
 * one does not; nor does an export that nobody has opened.
 *
 * <p>A sync whose newest export has rows costs three requests: one for a listing of its jobs, two
 * for the mark of the newest one. Each export without rows that is looked at before costs two more.
 * A sync without any costs three: it lists all jobs that it ever had, too, and looks at the age of
 * its settings. Beyond a thousand jobs a listing takes one more a thousand.
 */
final class OverdueSyncs {

  /** More than a listing of jobs takes, or a look at one of them. */
  private static final Duration ONE_STEP = Duration.ofMinutes(1);

  private final Ledger ledger;
  private final Instant now;
  private final TimeBudget budget;

  /** Looks at the syncs of an installation as they are now. */
  OverdueSyncs(Installation installation, TimeBudget budget) {
    this.ledger = installation.ledger();
    this.now = installation.clock().instant();
    this.budget = budget;
  }

  /**
   * Looks at one sync.
   *
   * @param every its {@code expectEvery}
   * @return empty when the time ran out before it was known
   */
  Optional<Swept.Expected> look(Sync sync, Duration every) {
    // To the second, as the ids of jobs tell it.
    Instant from = now.minus(every).truncatedTo(ChronoUnit.SECONDS);
    if (sync.since() != null && sync.since().isAfter(from)) {
      return Optional.of(new Swept.Expected(sync.name(), false, null));
    }
    if (!budget.allows(ONE_STEP)) {
      return Optional.empty();
    }
    List<String> recent = ledger.jobs(sync.name(), from);
    for (String job : recent.reversed()) {
      if (!budget.allows(ONE_STEP)) {
        return Optional.empty();
      }
      if (mayHaveRows(sync, job)) {
        return Optional.of(
            new Swept.Expected(sync.name(), false, JobId.lastModified(recent.getLast())));
      }
    }
    return Optional.of(withoutRows(sync, from));
  }

  /** Whether a job has rows, as far as it is known: while it is staged it gets the doubt. */
  private boolean mayHaveRows(Sync sync, String job) {
    return ledger
        .job(sync.name(), job)
        .latestMark()
        .map(mark -> mark.rows() > 0 || !mark.last())
        .orElse(true);
  }

  /**
   * A sync is given its time after it was set up. Settings that are written anew do not give it
   * again while the ledger holds a job whose export is older than that: else an alarm would never
   * be raised where every deployment writes them. Jobs expire after 30 days, and nothing else tells
   * since when there is a sync: one that never had an export, or none for so long, is given its
   * time by each writing.
   */
  private Swept.Expected withoutRows(Sync sync, Instant from) {
    List<String> jobs = ledger.jobs(sync.name(), Instant.EPOCH);
    boolean hadExports = !jobs.isEmpty() && JobId.lastModified(jobs.getFirst()).isBefore(from);
    boolean isNew =
        !hadExports
            && ledger.syncFileWritten(sync.name()).filter(time -> time.isAfter(from)).isPresent();
    Instant last = jobs.isEmpty() ? null : JobId.lastModified(jobs.getLast());
    return new Swept.Expected(sync.name(), !isNew, last);
  }
}
