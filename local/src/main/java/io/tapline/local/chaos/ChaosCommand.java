package io.tapline.local.chaos;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Pushes made-up exports in virtual time while everything that can fail does. */
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    description =
        "Pushes made-up exports with the functions that run on AWS, in memory and in virtual time,"
            + " while S3, SQS and CleverTap fail and functions are killed; then compares what"
            + " CleverTap took with what the exports held, row by row.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:no row was lost or wrongly doubled, and every report adds up",
      "2:wrong usage",
      "6:something that Tapline promises did not hold"
    },
    footer = {
      "",
      "A seed always plays the same. Seeds in a row go through all kinds of faults.",
      "",
      "Example:",
      "  tapline chaos --seed 1 --runs 5000"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls
public final class ChaosCommand implements Callable<Integer> {

  static final int BROKEN_PROMISE = 6;

  /** More would only push the table off the screen. */
  private static final int MOST_TOLD = 20;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "The seed of the first run. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "468",
      description = "How many seeds in a row are played. Default: ${DEFAULT-VALUE}.")
  private int runs;

  @Option(names = "--markdown", description = "Print the figures as a table of Markdown.")
  private boolean markdown;

  @Spec private CommandSpec spec;

  /** Made by picocli. */
  ChaosCommand() {}

  @Override
  public Integer call() {
    if (runs < 1) {
      throw new ParameterException(
          spec.commandLine(), "--runs is %d; it must be at least 1".formatted(runs));
    }
    ChaosTable table = new ChaosTable();
    AtomicInteger broken = new AtomicInteger();
    LongStream.range(seed, seed + runs)
        .parallel()
        .forEach(
            each -> {
              ChaosRun run = ChaosRun.of(each);
              Findings findings = run.play();
              table.add(run.kind(), findings);
              if (!findings.isGood() && broken.incrementAndGet() <= MOST_TOLD) {
                tell(each, run, findings);
              }
            });
    PrintWriter out = spec.commandLine().getOut();
    out.print(markdown ? table.toMarkdown() : table.toText());
    out.flush();
    return broken.get() == 0 ? 0 : BROKEN_PROMISE;
  }

  private synchronized void tell(long each, ChaosRun run, Findings findings) {
    PrintWriter err = spec.commandLine().getErr();
    err.printf("seed %d (%s; %s):%n", each, run.kind().title(), run.target());
    findings.problems().stream().limit(5).forEach(problem -> err.printf("  %s%n", problem));
    err.printf("  to play it alone: tapline chaos --seed %d --runs 1%n", each);
    err.flush();
  }
}
