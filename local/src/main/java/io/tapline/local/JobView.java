package io.tapline.local;

import io.tapline.ledger.OpenRun;
import io.tapline.local.JobPlace.FoundJob;
import io.tapline.report.Report;
import io.tapline.report.ReportText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows one job: its report, or what happens to it. */
final class JobView {

  /** The exit code where a run is not closed. */
  private static final int NOT_OVER = 6;

  private final FoundJob job;
  private final @Nullable Path out;
  private final PrintWriter terminal;

  /**
   * A view of a job.
   *
   * @param out where its report is copied to; null: nowhere
   */
  JobView(FoundJob job, @Nullable Path out, PrintWriter terminal) {
    this.job = job;
    this.out = out;
    this.terminal = terminal;
  }

  /**
   * Shows it.
   *
   * @return the exit code
   * @throws UsageException when nothing is left of it, or the report can't be copied
   */
  int show() {
    return switch (job.place().ask(this::state)) {
      case JobState.Over over -> {
        tell(over.report());
        yield PushCommand.exitCode(over.report().status());
      }
      case JobState.Open open -> {
        tell(open);
        yield NOT_OVER;
      }
      case JobState.Gone gone ->
          throw new UsageException(
              "job %s of sync %s has no report any more; reports are kept for 30 days"
                  .formatted(job.id(), job.sync()));
    };
  }

  private JobState state() {
    OpenRun marked =
        job.place().ledger().openRuns().stream()
            .filter(run -> run.job().equals(job.id()))
            .reduce((run, later) -> later)
            .orElse(null);
    return JobState.of(job, marked);
  }

  private void tell(JobState.Open open) {
    terminal.println(
        "job %s (sync %s) is not over: %s".formatted(job.id(), job.sync(), open.doing()));
    terminal.println(
        job.place().folder() == null
            ? "Its report comes within a minute of its last call."
            : "If no command is at it, run the one that began it once more: it goes on from"
                + " there.");
    if (open.report() != null) {
      terminal.println();
      terminal.println("What came of the runs before:");
      terminal.println();
      tell(open.report());
    } else if (out != null) {
      terminal.println("There is no report yet that could be copied.");
    }
  }

  private void tell(Report report) {
    Path folder = out;
    if (folder != null) {
      MachineOptions.makeFolder(folder);
      job.place().ask(() -> ReportFiles.copy(job.ledger(), folder));
    }
    terminal.println(ReportText.of(report));
    name("report in ", ReportFiles.REPORT);
    if (report.rows().rejected() + report.rows().refused() > 0) {
      name("rejected rows in ", ReportFiles.REJECTS);
    }
  }

  /** Names the first of the files that is there. */
  private void name(String words, List<String> files) {
    files.stream()
        .filter(name -> job.place().ask(() -> job.ledger().hasReport(name)))
        .findFirst()
        .ifPresent(name -> terminal.println(words + place(name)));
  }

  private String place(String report) {
    return out == null ? job.reportPlace(report) : out.resolve(report).toString();
  }
}
