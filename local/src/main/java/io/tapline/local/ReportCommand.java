package io.tapline.local;

import io.tapline.local.JobPlace.FoundJob;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists jobs, and shows the report of one. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Lists the jobs of this machine or of an installation on AWS, or shows the report of one.",
      "It only reads; on AWS it needs s3:ListBucket and s3:GetObject on the work bucket."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all rows of the job were delivered; or the jobs are listed",
      "1:something failed that should not; run the same command again,"
          + " with TAPLINE_DEBUG=1 for the details",
      "2:wrong usage, or there is no such job",
      "3:all rows are decided, some were rejected or refused",
      "4:the run was stopped",
      "5:rows are left open",
      "6:the job is not over"
    },
    footer = {
      "",
      "Examples:",
      "  tapline report --work s3://my-tapline-work --sync vip-profiles",
      "  tapline report latest --out target/run"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls
final class ReportCommand implements Callable<Integer> {

  /** So many jobs are listed, unless the user wants more. */
  private static final int NEWEST = 20;

  @Parameters(
      arity = "0..1",
      paramLabel = "JOB",
      description =
          "The id of a job, its beginning or its end, or \"latest\". Without it, jobs are listed.")
  private @Nullable String wanted;

  @Option(
      names = "--work",
      paramLabel = "WORK",
      description =
          "Where to look: the --work folder of a push, or s3://BUCKET, the work bucket of an"
              + " installation. Default: the folders below ~/.tapline/work.")
  private @Nullable Path work;

  @Option(names = "--sync", paramLabel = "NAME", description = "List the jobs of this sync only.")
  private @Nullable String sync;

  @Option(names = "--last", paramLabel = "N", description = "List the newest N jobs. Default: 20.")
  private @Nullable Integer last;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the report and the rejected rows of JOB are copied to.")
  private @Nullable Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter terminal = spec.commandLine().getOut();
    try {
      List<JobPlace> places = JobPlaces.of(work, System.getenv());
      if (wanted == null) {
        if (out != null) {
          throw new UsageException("--out goes with a JOB, such as " + JobChoice.LATEST);
        }
        JobListing.of(places, sync, most()).forEach(terminal::println);
        return CommandLine.ExitCode.OK;
      }
      if (sync != null || last != null) {
        throw new UsageException("--sync and --last list jobs; they go without a JOB");
      }
      FoundJob job = new JobChoice(places, JobPlaces.option(work)).find(wanted);
      return new JobView(job, out, terminal).show();
    } catch (UsageException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
  }

  private int most() {
    if (last != null && last < 1) {
      throw new UsageException("--last is " + last + "; it must be 1 or more");
    }
    return last == null ? NEWEST : last;
  }
}
