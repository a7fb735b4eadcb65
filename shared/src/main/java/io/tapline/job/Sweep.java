package io.tapline.job;

import io.tapline.aws.ObjectVersion;
import io.tapline.aws.TimeBudget;
import io.tapline.ledger.Claim;
import io.tapline.ledger.Job;
import io.tapline.ledger.JobId;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.Mark;
import io.tapline.ledger.OpenRun;
import io.tapline.ledger.Restage;
import io.tapline.sync.Sync;
import io.tapline.sync.Syncs;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Looks for what got lost on its way to being staged: jobs whose splitter died, jobs that were
 * claimed and never opened, and exports whose news never came; for second jobs that were asked for;
 * and for exports that are overdue. A schedule starts it; it may run twice, or beside any splitter.
 * It stages nothing itself: each job gets an invocation of its own.
 */
public final class Sweep {

  /** Longer than an invocation of the splitter lasts: whoever left no sign for so long is dead. */
  public static final Duration PATIENCE = Duration.ofMinutes(20);

  /**
   * A claimed job without {@code job.json} is one that was never opened while it is young; the
   * {@code job.json} of an old one has expired with the rest of {@code jobs/}.
   */
  private static final Duration YOUNG = Duration.ofDays(7);

  /** More than one open job takes. */
  private static final Duration ONE_JOB = Duration.ofMinutes(1);

  private static final int FIRST_RUN = 1;

  private final Installation installation;
  private final Ledger ledger;
  private final Opening opening;
  private final String exportBucket;

  /** Sweeps an installation and the bucket of its exports. */
  public Sweep(Installation installation, String exportBucket) {
    this.installation = installation;
    this.ledger = installation.ledger();
    this.opening = new Opening(installation);
    this.exportBucket = exportBucket;
  }

  /**
   * Sweeps once, as far as the time goes.
   *
   * @param found told of each thing as it is found; when it fails, the others are told all the same
   * @throws RuntimeException the first failure, after all was looked at
   */
  public void sweep(TimeBudget budget, Consumer<Swept> found) {
    Failures failures = new Failures();
    Map<String, OpenRun> unclaimed = new TreeMap<>();
    for (OpenRun open : ledger.openRuns()) {
      if (!budget.allows(ONE_JOB)) {
        break;
      }
      if (open.run() == FIRST_RUN) {
        failures.collect(() -> lookAt(open, unclaimed, found));
      }
    }
    for (Restage wish : ledger.restages()) {
      if (!budget.allows(ONE_JOB)) {
        break;
      }
      failures.collect(() -> restage(wish, found));
    }
    failures.collect(
        () -> {
          Syncs syncs = Syncs.of(ledger.syncFiles());
          failures.collect(() -> lookForExports(syncs, unclaimed, budget, found, failures));
          // Behind the exports: one that was found just now is not overdue any more.
          lookForOverdue(syncs, budget, found, failures);
        });
    failures.rethrow();
  }

  /**
   * Starts a job again that has stopped on its way.
   *
   * @param unclaimed takes its marker, by the id of the export, where nobody has claimed it
   */
  private void lookAt(OpenRun open, Map<String, OpenRun> unclaimed, Consumer<Swept> found) {
    JobLedger jobLedger = ledger.job(open.sync(), open.job());
    Optional<Job> job = jobLedger.job();
    if (job.isPresent()) {
      boolean isStaged = jobLedger.latestMark().map(Mark::last).orElse(false);
      if (!isStaged && isLongAgo(jobLedger.lastSignOfStaging())) {
        found.accept(new Swept.GoesOn(job.get(), Swept.Cause.STALLED));
      }
    } else if (isLongAgo(ledger.openSince(open))) {
      Optional<Claim> claim = ledger.claim(open.job());
      if (claim.isPresent()) {
        reopen(open, claim.get(), found);
      } else {
        unclaimed.put(JobId.export(open.job()), open);
      }
    }
  }

  /** Opens a job of which there is only the marker and the claim. */
  private void reopen(OpenRun marker, Claim claim, Consumer<Swept> found) {
    boolean isAnothers = !claim.sync().equals(marker.sync());
    if (isAnothers || claim.at().isBefore(installation.clock().instant().minus(YOUNG))) {
      ledger.deleteOpen(marker);
      found.accept(new Swept.Dropped(marker));
      return;
    }
    switch (opening.reopen(marker.job(), claim)) {
      case Opened.Open open -> found.accept(new Swept.GoesOn(open.job(), Swept.Cause.NOT_OPENED));
      case Opened.Ignored ignored -> {
        found.accept(new Swept.Ignored(claim.key(), ignored.code(), ignored.message()));
        // A sync that is missing or broken may come back; the export will not.
        if (ignored.isExportGone()) {
          ledger.deleteOpen(marker);
          found.accept(new Swept.Dropped(marker));
        }
      }
      case Opened.Over over -> {}
    }
  }

  /** Opens the second job of an export that someone asked for, with the settings of today. */
  private void restage(Restage wish, Consumer<Swept> found) {
    switch (opening.open(wish)) {
      case Opened.Open open -> found.accept(new Swept.GoesOn(open.job(), Swept.Cause.ASKED_FOR));
      case Opened.Ignored ignored -> {
        found.accept(new Swept.Ignored(wish.key(), ignored.code(), ignored.message()));
        if (ignored.lacksSync()) {
          return; // it may come back
        }
      }
      case Opened.Over over -> {}
    }
    ledger.deleteRestage(wish.job());
  }

  private void lookForExports(
      Syncs syncs,
      Map<String, OpenRun> unclaimed,
      TimeBudget budget,
      Consumer<Swept> found,
      Failures failures) {
    UnclaimedExports exports =
        new UnclaimedExports(
            installation,
            exportBucket,
            syncs,
            installation.clock().instant().minus(PATIENCE),
            Set.copyOf(unclaimed.keySet()),
            budget);
    Map<String, Swept.Unclaimed> reported = new TreeMap<>();
    boolean sawAll =
        exports.find(export -> failures.collect(() -> take(export, unclaimed, reported, found)));
    reported.values().forEach(found);
    if (sawAll) {
      unclaimed.values().stream()
          // The exports of a sync that is missing or broken were not looked for.
          .filter(marker -> syncs.loaded().containsKey(marker.sync()))
          .forEach(marker -> failures.collect(() -> drop(marker, found)));
    }
  }

  /**
   * Opens the job of an export that nobody has claimed, or counts it where it may be too old. A
   * marker of it is left only where it leads to no job.
   */
  private void take(
      UnclaimedExports.Unclaimed export,
      Map<String, OpenRun> unclaimed,
      Map<String, Swept.Unclaimed> reported,
      Consumer<Swept> found) {
    ObjectVersion version = export.version();
    OpenRun marker = version == null ? null : unclaimed.remove(JobId.of(version));
    if (version == null || (marker == null && export.sync().since() == null)) {
      reported.merge(
          export.sync().name(),
          new Swept.Unclaimed(export.sync().name(), 1, export.export().key()),
          (before, youngest) ->
              new Swept.Unclaimed(youngest.sync(), before.exports() + 1, youngest.key()));
      return;
    }
    Arrival arrival = new Arrival(exportBucket, version.key(), version.versionId(), null);
    int repeat = marker == null ? 1 : JobId.repeatOf(marker.job());
    switch (opening.open(arrival, repeat)) {
      case Opened.Open open -> {
        if (marker != null && !marker.sync().equals(open.job().sync())) {
          unclaimed.put(JobId.export(marker.job()), marker);
        }
        found.accept(new Swept.GoesOn(open.job(), Swept.Cause.MISSED));
      }
      case Opened.Ignored ignored -> {
        if (marker != null) {
          unclaimed.put(JobId.export(marker.job()), marker);
        }
        found.accept(new Swept.Ignored(version.key(), ignored.code(), ignored.message()));
      }
      case Opened.Over over -> {}
    }
  }

  /**
   * Takes away a marker that nobody has claimed and whose export is not there any more; newer jobs
   * of its sync wait for it.
   */
  private void drop(OpenRun marker, Consumer<Swept> found) {
    ledger.deleteOpen(marker);
    // Guard against a late event about an overwritten version: whoever claims the job before this
    // look gets the marker back, whoever claims it after it writes the marker again itself.
    boolean isClaimed =
        ledger.claim(marker.job()).filter(claim -> claim.sync().equals(marker.sync())).isPresent();
    if (isClaimed) {
      ledger.putOpen(marker);
    } else {
      found.accept(new Swept.Dropped(marker));
    }
  }

  private void lookForOverdue(
      Syncs syncs, TimeBudget budget, Consumer<Swept> found, Failures failures) {
    OverdueSyncs overdue = new OverdueSyncs(installation, budget);
    for (Sync sync : syncs.loaded().values()) {
      Duration every = sync.expectEvery();
      if (every != null) {
        failures.collect(() -> overdue.look(sync, every).ifPresent(found));
      }
    }
  }

  /** Whether nobody can be at it any more; a thing that is gone by now is somebody's. */
  private boolean isLongAgo(Optional<Instant> time) {
    Instant now = installation.clock().instant();
    return time.map(t -> !t.plus(PATIENCE).isAfter(now)).orElse(false);
  }
}
