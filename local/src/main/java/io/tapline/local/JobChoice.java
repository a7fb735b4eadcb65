package io.tapline.local;

import io.tapline.ledger.JobId;
import io.tapline.local.JobPlace.FoundJob;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the job that someone means. */
final class JobChoice {

  /** The newest job, whatever its id is. */
  static final String LATEST = "latest";

  private static final int MOST_NAMED = 5;

  /** What two ids must have alike at both ends for one to be a slip of the other. */
  private static final int ALIKE = 20;

  private final List<JobPlace> places;
  private final String work;

  /**
   * A choice from these places.
   *
   * @param work the option that leads to them, for messages; empty where they are the default
   */
  JobChoice(List<JobPlace> places, String work) {
    this.places = places;
    this.work = work;
  }

  /**
   * The job with an id, or whose id begins or ends so as no other's does, or the newest one.
   *
   * @throws UsageException when there is none, or several are
   */
  FoundJob find(String wanted) {
    for (JobPlace place : places) {
      Optional<FoundJob> job = place.ask(() -> place.job(wanted));
      if (job.isPresent()) {
        return job.get();
      }
    }
    List<FoundJob> jobs = jobs();
    if (wanted.equals(LATEST)) {
      return jobs.stream()
          .max(Comparator.comparing(FoundJob::id, JobId.ORDER))
          .orElseThrow(() -> new UsageException("there is no job in " + JobPlace.names(places)));
    }
    List<FoundJob> meant =
        jobs.stream()
            .filter(job -> job.id().startsWith(wanted) || job.id().endsWith(wanted))
            .toList();
    if (meant.size() > 1) {
      throw new UsageException(
          "the ids of %,d jobs begin or end with %s: %s; give more of the id"
              .formatted(meant.size(), wanted, named(meant)));
    }
    return meant.stream().findFirst().orElseThrow(() -> unknown(wanted, jobs));
  }

  /** What to say of an id that no job has. */
  UsageException unknown(String id) {
    return unknown(id, jobs());
  }

  private UsageException unknown(String id, List<FoundJob> jobs) {
    String nearest =
        jobs.stream()
            .map(FoundJob::id)
            .filter(known -> alike(known, id) >= ALIKE)
            .max(Comparator.comparingInt(known -> alike(known, id)))
            .map(known -> "; did you mean " + known + "?")
            .orElse(";");
    return new UsageException(
        "there is no job %s in %s%s \"tapline report%s\" lists those that there are"
            .formatted(id, JobPlace.names(places), nearest, work));
  }

  private List<FoundJob> jobs() {
    return places.stream().flatMap(place -> place.ask(place::jobs).stream()).toList();
  }

  private static String named(List<FoundJob> jobs) {
    return jobs.stream().limit(MOST_NAMED).map(FoundJob::id).collect(Collectors.joining(", "))
        + (jobs.size() > MOST_NAMED ? ", …" : "");
  }

  /** How many characters two ids have alike at their beginnings and at their ends. */
  private static int alike(String a, String b) {
    int length = Math.min(a.length(), b.length());
    int begin = 0;
    while (begin < length && a.charAt(begin) == b.charAt(begin)) {
      begin++;
    }
    int end = 0;
    while (end < length - begin
        && a.charAt(a.length() - 1 - end) == b.charAt(b.length() - 1 - end)) {
      end++;
    }
    return begin + end;
  }
}
