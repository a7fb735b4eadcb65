package io.tapline.local;

import io.tapline.local.JobPlace.FoundJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The jobs of several places, newer ones first, as a person reads them. */
final class JobListing {

  private JobListing() {}

  /**
   * Lists jobs.
   *
   * @param sync the one whose jobs are wanted; null: all
   * @param most how many of each place
   * @throws UsageException when that sync has no job, and others have
   */
  static List<String> of(List<JobPlace> places, @Nullable String sync, int most) {
    List<FoundJob> all = places.stream().flatMap(place -> place.ask(place::jobs).stream()).toList();
    if (all.isEmpty()) {
      return nothing(places);
    }
    List<FoundJob> chosen =
        all.stream().filter(job -> sync == null || job.sync().equals(sync)).toList();
    if (chosen.isEmpty()) {
      throw new UsageException(
          "sync %s has no job in %s; those that have are %s"
              .formatted(
                  sync,
                  JobPlace.names(places),
                  all.stream()
                      .map(FoundJob::sync)
                      .distinct()
                      .sorted()
                      .collect(Collectors.joining(", "))));
    }
    List<String> lines = new ArrayList<>();
    for (JobPlace place : places) {
      List<FoundJob> jobs = chosen.stream().filter(job -> job.place().equals(place)).toList();
      if (!jobs.isEmpty()) {
        lines.addAll(of(place, jobs, most));
      }
    }
    lines.add("\"tapline report JOB\" shows one; the beginning or the end of its id is enough.");
    return lines;
  }

  private static List<String> nothing(List<JobPlace> places) {
    boolean onAws = places.getFirst().folder() == null;
    return List.of(
        "there is no job in " + JobPlace.names(places),
        onAws
            ? "A job comes with an export below a sync's prefix, and expires after 30 days."
            : "./tapline push FILE --sync SYNC makes one.");
  }

  private static List<String> of(JobPlace place, List<FoundJob> jobs, int most) {
    List<String> lines = new ArrayList<>();
    int size = jobs.size();
    String which = size == 1 ? "1 job" : String.format(Locale.ROOT, "%,d jobs", size);
    if (size > most) {
      lines.add(
          String.format(
              Locale.ROOT,
              "the newest %,d of %s in %s; --last %d lists all",
              most,
              which,
              place.name(),
              size));
    } else {
      lines.add(which + " in " + place.name());
    }
    lines.add("");
    lines.addAll(place.ask(() -> JobList.of(place, jobs.stream().limit(most).toList())));
    lines.add("");
    return lines;
  }
}
