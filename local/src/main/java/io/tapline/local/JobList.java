package io.tapline.local;

import io.tapline.ledger.OpenRun;
import io.tapline.ledger.RowCounts;
import io.tapline.local.JobPlace.FoundJob;
import io.tapline.report.Printable;
import io.tapline.report.Report;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The jobs of a place as text, two lines each: what became of it, and of which file. */
final class JobList {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** As many requests at once as connections are kept. */
  private static final int READ_AT_ONCE = 32;

  /** What a terminal takes for a command, and what turns the direction of the text. */
  private JobList() {}

  /**
   * Reads where jobs stand, and tells it.
   *
   * @param jobs of one place
   */
  static List<String> of(JobPlace place, List<FoundJob> jobs) {
    Map<String, OpenRun> open =
        place.ledger().openRuns().stream()
            .collect(Collectors.toMap(OpenRun::job, Function.identity(), (run, later) -> later));
    List<JobState> states = states(jobs, open);
    int width = jobs.stream().mapToInt(job -> job.sync().length()).max().orElse(0);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < jobs.size(); i++) {
      FoundJob job = jobs.get(i);
      String sync = job.sync() + " ".repeat(width - job.sync().length());
      lines.add("%s  %s  %s".formatted(job.id(), sync, standing(states.get(i))));
      String details = details(states.get(i));
      if (!details.isEmpty()) {
        lines.add("    " + details);
      }
    }
    return lines;
  }

  private static List<JobState> states(List<FoundJob> jobs, Map<String, OpenRun> open) {
    try (ExecutorService readers =
        Executors.newFixedThreadPool(READ_AT_ONCE, Thread.ofVirtual().factory())) {
      List<Future<JobState>> reads =
          jobs.stream()
              .map(job -> readers.submit(() -> JobState.of(job, open.get(job.id()))))
              .toList();
      List<JobState> states = new ArrayList<>();
      for (Future<JobState> read : reads) {
        states.add(read.get());
      }
      return states;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("a job could not be read", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while jobs were read", e);
    }
  }

  private static String standing(JobState state) {
    return switch (state) {
      case JobState.Over over -> over.report().status().toString();
      case JobState.Open open -> open.doing();
      case JobState.Gone gone -> "has no report";
    };
  }

  private static String details(JobState state) {
    return switch (state) {
      case JobState.Over over ->
          details(over.report().finishedAt(), over.report().export().key(), over.report());
      case JobState.Open open ->
          open.job() == null
              ? ""
              : details(open.job().openedAt(), open.job().export().key(), open.report());
      case JobState.Gone gone -> "";
    };
  }

  private static String details(Instant at, String key, @Nullable Report report) {
    String counts = report == null ? "" : ": " + counts(report.rows());
    return time(at) + "  " + name(key) + counts;
  }

  /** A moment, for a person. */
  static String time(Instant at) {
    return TIME.format(at);
  }

  /** The name of the file that a key stands for. */
  private static String name(String key) {
    return Printable.line(key.substring(key.lastIndexOf('/') + 1));
  }

  private static String counts(RowCounts rows) {
    StringBuilder counts =
        new StringBuilder(String.format(Locale.ROOT, "%,d rows read", rows.read()));
    add(counts, rows.accepted(), "accepted");
    add(counts, rows.rejected(), "rejected");
    add(counts, rows.refused(), "refused");
    add(counts, rows.failed(), "failed");
    add(counts, rows.unknown(), "unknown");
    add(counts, rows.notSent(), "not sent");
    return counts.toString();
  }

  private static void add(StringBuilder counts, long count, String what) {
    if (count > 0) {
      counts.append(String.format(Locale.ROOT, ", %,d %s", count, what));
    }
  }
}
