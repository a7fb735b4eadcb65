package io.tapline.local.chaos;

import io.tapline.job.Redrives;
import io.tapline.job.Redrives.Answer;
import io.tapline.ledger.Job;
import io.tapline.ledger.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** An installation as those see it who use it: its buckets, its sync, its jobs. */
final class Installed {

  private final Scenario scenario;
  private final Backing backing;
  private final Timeline timeline;
  private final Ledger ledger;
  private final List<PutExport> exports = new ArrayList<>();

  Installed(Scenario scenario, Backing backing, Timeline timeline) {
    this.scenario = scenario;
    this.backing = backing;
    this.timeline = timeline;
    this.ledger = new Ledger(backing.store(), backing.workBucket());
  }

  Scenario scenario() {
    return scenario;
  }

  Backing backing() {
    return backing;
  }

  Timeline timeline() {
    return timeline;
  }

  Ledger ledger() {
    return ledger;
  }

  /** Writes the sync's file. */
  void putSync(boolean skipsInvalidRows) {
    ledger.putSyncFile(Scenario.SYNC, scenario.settings(skipsInvalidRows));
  }

  /** Puts an export; the one before it may be gone then. */
  PutExport put(Export export, boolean keepsVersions) {
    PutExport put =
        keepsVersions
            ? backing.putVersion(export, "v" + exports.size(), timeline.instant())
            : backing.put(export);
    exports.add(put);
    return put;
  }

  /** The exports that were put, in this order. */
  List<PutExport> exports() {
    return exports;
  }

  /** Whether an export was overwritten before anybody took it. */
  boolean isGone(PutExport export) {
    return ledger.claim(export.firstJob()).isEmpty()
        && backing
            .store()
            .head(export.version().bucket(), export.version().key(), export.version().versionId())
            .filter(there -> there.etag().equals(export.version().etag()))
            .isEmpty();
  }

  /** Whether every export has had its job, and none is open or asked for. */
  boolean isOver() {
    return exports.size() == scenario.exports().size()
        && ledger.openRuns().isEmpty()
        && ledger.restages().isEmpty()
        && exports.stream().allMatch(put -> isGone(put) || !put.jobs(ledger).isEmpty());
  }

  /** Asks to send rows that are open; false when there are none. */
  boolean redrive() {
    return askAll((redrives, job) -> redrives.ask(job, true, false));
  }

  /** Asks for second jobs, with a sync that skips invalid rows; false when there will be none. */
  boolean restage() {
    putSync(true);
    return askAll(Redrives::restage);
  }

  private boolean askAll(BiFunction<Redrives, Job, Answer> question) {
    Redrives redrives = new Redrives(ledger, timeline);
    boolean granted = false;
    for (PutExport export : exports) {
      Job job = ledger.job(Scenario.SYNC, export.firstJob()).job().orElseThrow();
      granted |= !(question.apply(redrives, job) instanceof Answer.Refused);
    }
    return granted;
  }
}
