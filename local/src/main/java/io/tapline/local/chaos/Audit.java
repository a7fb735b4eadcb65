package io.tapline.local.chaos;

import io.tapline.chunk.ChunkId;
import io.tapline.export.Row;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.OpenRows;
import io.tapline.ledger.Outcome;
import io.tapline.ledger.RowCounts;
import io.tapline.local.chaos.Export.ExportRow;
import io.tapline.record.Rejection;
import io.tapline.report.Report;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * Compares what CleverTap took with what the exports held and with what is told of each row. Not
 * thread-safe.
 */
final class Audit {

  /** What is told of a row. */
  private enum Told {
    ACCEPTED,
    REJECTED,
    REFUSED,
    FAILED,
    UNKNOWN,
    NOT_SENT
  }

  private final Scenario scenario;
  private final Backing backing;
  private final Ledger ledger;
  private final Receipts receipts;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, Long> lastAccepted = new HashMap<>();
  private long lost;
  private long doubled;
  private long stated;
  private long badReports;

  Audit(Scenario scenario, Backing backing, Receipts receipts) {
    this.scenario = scenario;
    this.backing = backing;
    this.ledger = new Ledger(backing.store(), backing.workBucket());
    this.receipts = receipts;
  }

  /** Looks at all that a run has left. */
  Findings findings() {
    scenario.exports().forEach(this::look);
    problems.addAll(receipts.strangers());
    if (!scenario.target().isEvents()) {
      lastAccepted.forEach(this::checkLastWord);
    }
    long rows = scenario.exports().stream().mapToLong(export -> export.rows().size()).sum();
    return new Findings(rows, lost, doubled, stated, badReports, List.copyOf(problems));
  }

  private void look(Export export) {
    String id = backing.jobOf(export);
    JobLedger job = ledger.job(Scenario.SYNC, id);
    Optional<byte[]> json = job.report("report.json");
    if (json.isEmpty() || job.run(job.latestRun()).closed().isEmpty()) {
      badReports++;
      lost += export.rows().stream().filter(row -> receipts.times(row) == 0).count();
      problems.add("job " + id + " is not over");
      return;
    }
    Report report = Report.parse(json.get());
    Told[] told = told(job, export);
    if (!scenario.skips()) {
      tellOfStagedOnly(export, told);
    }
    int before = problems.size();
    checkCounts(report, told);
    checkRejects(job, report, export.key());
    long extra = 0;
    for (int i = 0; i < told.length; i++) {
      extra += check(export.rows().get(i), told[i]);
    }
    doubled += extra;
    stated += Math.min(extra, report.sentAgainAfterUnknown());
    if (extra > (scenario.target() == Target.EVENTS_RESENT ? report.sentAgainAfterUnknown() : 0)) {
      problems.add(
          "%d events were taken once more than they should be; the report states %d"
              .formatted(extra, report.sentAgainAfterUnknown()));
    }
    if (problems.size() > before) {
      badReports++;
    }
  }

  /** What the outcomes of a job tell of its rows; of a row without one, that it was not sent. */
  private Told[] told(JobLedger job, Export export) {
    Told[] told = new Told[export.rows().size()];
    Arrays.fill(told, Told.NOT_SENT);
    for (int run = 1; run <= job.latestRun(); run++) {
      Told[] before = told.clone();
      boolean first = run == 1;
      job.run(run)
          .readOutcomes(
              outcome -> tell(job, outcome, row -> first || isTakenUp(before[index(row)]), told));
    }
    return told;
  }

  /** Whether a further run sends a row. */
  private boolean isTakenUp(Told before) {
    return switch (before) {
      case FAILED, NOT_SENT -> true;
      case UNKNOWN -> !scenario.target().isEvents();
      case ACCEPTED, REJECTED, REFUSED -> false;
    };
  }

  /** Nothing was sent; the invalid rows are known all the same. */
  private static void tellOfStagedOnly(Export export, Told[] told) {
    for (int i = 0; i < told.length; i++) {
      if (!export.rows().get(i).good()) {
        told[i] = Told.REJECTED;
      }
    }
  }

  private static void tell(JobLedger job, Outcome outcome, LongPredicate isTakenUp, Told[] told) {
    for (Row row : job.chunk(new ChunkId(outcome.lane(), outcome.number()))) {
      if (isTakenUp.test(row.number())) {
        told[index(row.number())] = Told.ACCEPTED;
      }
    }
    for (Rejection rejection : outcome.rejections()) {
      told[index(rejection.row())] =
          rejection.by() == Rejection.By.TAPLINE ? Told.REJECTED : Told.REFUSED;
    }
    for (OpenRows open : outcome.open()) {
      Told state =
          switch (open.state()) {
            case FAILED -> Told.FAILED;
            case UNKNOWN -> Told.UNKNOWN;
            case NOT_SENT -> Told.NOT_SENT;
          };
      open.rows().forEach(row -> told[index(row)] = state);
    }
  }

  private static int index(long row) {
    return Math.toIntExact(row) - 1;
  }

  private void checkCounts(Report report, Told[] told) {
    RowCounts counts =
        new RowCounts(
            told.length,
            count(told, Told.ACCEPTED),
            count(told, Told.REJECTED),
            count(told, Told.REFUSED),
            count(told, Told.FAILED),
            count(told, Told.UNKNOWN),
            count(told, Told.NOT_SENT));
    if (!report.rows().equals(counts) || !report.rows().addUp()) {
      problems.add("the report says %s, the outcomes %s".formatted(report.rows(), counts));
    }
  }

  private static long count(Told[] told, Told which) {
    return Arrays.stream(told).filter(state -> state == which).count();
  }

  private void checkRejects(JobLedger job, Report report, String key) {
    boolean isJson = key.contains(".jsonl");
    long listed =
        job.report(isJson ? "rejects.jsonl" : "rejects.csv")
            .map(file -> new String(file, StandardCharsets.UTF_8).lines().count())
            .map(lines -> isJson ? lines : lines - 1)
            .orElse(0L);
    long expected = report.rows().rejected() + report.rows().refused();
    if (listed != expected) {
      problems.add("%d rejected rows are listed, %d are counted".formatted(listed, expected));
    }
  }

  /**
   * Checks what is told of a row against what CleverTap took.
   *
   * @return how often it was taken beyond the first time, where that counts
   */
  private int check(ExportRow row, Told told) {
    int times = receipts.times(row);
    boolean isTrue =
        switch (told) {
          case ACCEPTED -> row.good() && times > 0;
          case REJECTED -> !row.good();
          case REFUSED -> row.good() && !mustNotBeTaken(times);
          // A repeat that is safe may have been taken by a call that had no answer.
          case FAILED, NOT_SENT -> !mustNotBeTaken(times);
          case UNKNOWN -> true;
        };
    if (told == Told.ACCEPTED) {
      if (times == 0) {
        lost++;
      }
      lastAccepted.merge(row.user(), row.id(), Math::max);
    }
    if (!isTrue) {
      problems.add("row %d is told as %s and was taken %d times".formatted(row.id(), told, times));
    }
    return scenario.target().isEvents() ? Math.max(0, times - 1) : 0;
  }

  private boolean mustNotBeTaken(int times) {
    return scenario.target().isEvents() && times > 0;
  }

  private void checkLastWord(String user, long row) {
    if (receipts.lastOf(user) < row) {
      problems.add(
          "the last word on %s is row %d, but row %d was accepted"
              .formatted(user, receipts.lastOf(user), row));
    }
  }
}
