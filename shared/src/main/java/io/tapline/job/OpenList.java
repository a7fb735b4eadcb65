package io.tapline.job;

import io.tapline.ledger.Job;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Mark;
import io.tapline.ledger.OpenRows.State;
import io.tapline.ledger.Redrive;
import io.tapline.ledger.SegmentEnd;
import io.tapline.sync.CustomListSettings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the runs of a job left of its custom list. Its parts are there; what a redrive repeats is
 * the way from them to the segment.
 *
 * @param job the job's id
 * @param settings null where the job has no custom list
 * @param end null where the list's last run was not through
 * @param obstacle why no segment can be made of the parts as they are
 */
record OpenList(
    String job,
    @Nullable CustomListSettings settings,
    @Nullable SegmentEnd end,
    Optional<SegmentEnd> obstacle) {

  /**
   * The list of a job.
   *
   * @param lastRun the number of its last run, which is closed
   * @param staged the mark at which staging ended
   */
  static OpenList of(Job job, JobLedger ledger, int lastRun, Mark staged) {
    CustomListSettings settings = job.toSync().customList();
    if (settings == null) {
      return new OpenList(job.id(), null, null, Optional.empty());
    }
    return new OpenList(
        job.id(),
        settings,
        ledger.run(lastRun).segment().end().orElse(null),
        ListParts.of(ledger, lastRun, staged).obstacle(settings.name()));
  }

  /** Whether its good rows are not on a segment yet, as far as is known. */
  boolean isOpen() {
    return end != null && end.left() != null;
  }

  /** Why a redrive would not help, for a person; empty where it may. */
  Optional<String> obstacle(Redrive redrive) {
    if (settings == null) {
      return Optional.empty();
    }
    if (obstacle.isPresent() && obstacle.get().stop() != null) {
      return Optional.of(
          "a redrive of job %s would stop again (%s): %s"
              .formatted(job, obstacle.get().code(), obstacle.get().stop().message()));
    }
    boolean mayBeTaken = end != null && end.left() == State.UNKNOWN;
    if (mayBeTaken && !settings.replace() && !redrive.unknown()) {
      return Optional.of(
          ("nobody knows whether CleverTap made segment \"%s\" of job %s; look there, and add"
                  + " --unknown if it is not there")
              .formatted(settings.name(), job));
    }
    return Optional.empty();
  }
}
