package io.tapline.local.chaos;

import io.tapline.chunk.ChunkId;
import io.tapline.export.Row;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.OpenRows;
import io.tapline.ledger.Outcome;
import io.tapline.ledger.RowCounts;
import io.tapline.ledger.RunLedger;
import io.tapline.ledger.Stop;
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
import java.util.Set;
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

  /** Stops at which the rest of the export was not read. */
  private static final Set<String> BROKEN_OFF = Set.of("EXPORT_OVERWRITTEN", "NO_PROGRESS");

  private final Installed installed;
  private final Target target;
  private final Ledger ledger;
  private final Receipts receipts;
  private final Announcements announcements;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, Long> lastAccepted = new HashMap<>();
  private long lost;
  private long doubled;
  private long stated;
  private long badReports;

  Audit(Installed installed, Receipts receipts, Announcements announcements) {
    this.installed = installed;
    this.target = installed.scenario().target();
    this.ledger = installed.ledger();
    this.receipts = receipts;
    this.announcements = announcements;
  }

  /** Looks at all that a run has left. */
  Findings findings() {
    installed.exports().forEach(this::look);
    problems.addAll(receipts.strangers());
    if (!target.isEvents()) {
      lastAccepted.forEach(this::checkLastWord);
    }
    long rows =
        installed.scenario().exports().stream().mapToLong(export -> export.rows().size()).sum();
    return new Findings(rows, lost, doubled, stated, badReports, List.copyOf(problems));
  }

  /** Of several jobs of an export only the last one may have sent anything. */
  private void look(PutExport put) {
    List<String> jobs = put.jobs(ledger);
    if (installed.isGone(put)) {
      put.export().rows().forEach(row -> check(row, Told.NOT_SENT));
      return;
    }
    if (jobs.isEmpty()) {
      problems.add("export " + put.firstJob() + " has no job");
    }
    for (String job : jobs) {
      int before = problems.size();
      look(put.export(), job, job.equals(jobs.getLast()));
      if (problems.size() > before) {
        badReports++;
      }
    }
  }

  private void look(Export export, String id, boolean isLast) {
    JobLedger job = ledger.job(Scenario.SYNC, id);
    Optional<byte[]> json = job.report("report.json");
    if (json.isEmpty() || job.run(job.latestRun()).closed().isEmpty()) {
      lost += export.rows().stream().filter(row -> receipts.times(row) == 0).count();
      problems.add("job " + id + " is not over");
      return;
    }
    Report report = Report.parse(json.get());
    Told[] told = told(job, export, report);
    checkCounts(report, told);
    checkRejects(job, report, export.key());
    checkSegment(report, id);
    checkAnnounced(job, report);
    if (isLast) {
      check(export, told, report);
    } else if (report.rows().accepted() > 0) {
      problems.add("job %s sent rows, and the export was staged once more".formatted(id));
    }
  }

  private void check(Export export, Told[] told, Report report) {
    long extra = 0;
    for (int i = 0; i < told.length; i++) {
      extra += check(export.rows().get(i), told[i]);
    }
    doubled += extra;
    stated += Math.min(extra, report.sentAgainAfterUnknown());
    if (extra > (target == Target.EVENTS_RESENT ? report.sentAgainAfterUnknown() : 0)) {
      problems.add(
          "%d events were taken once more than they should be; the report states %d"
              .formatted(extra, report.sentAgainAfterUnknown()));
    }
  }

  /** What is told of each row: as many as were read, where reading them was broken off. */
  private Told[] told(JobLedger job, Export export, Report report) {
    Told[] told = told(job, export);
    if (!job.job().orElseThrow().toSync().skipOnInvalidRecord()) {
      tellOfStagedOnly(export, told);
    }
    if (target.isList()) {
      settle(told, job.run(job.latestRun()));
    }
    Stop stop = report.stopped();
    if (stop != null && BROKEN_OFF.contains(stop.code())) {
      told = Arrays.copyOf(told, Math.toIntExact(report.rows().read()));
    }
    return told;
  }

  /** The rows of a list that are ready share its fate. */
  private static void settle(Told[] told, RunLedger lastRun) {
    Told fate =
        lastRun
            .segment()
            .end()
            .map(end -> end.left() == null ? Told.ACCEPTED : told(end.left()))
            .orElse(Told.NOT_SENT);
    for (int i = 0; i < told.length; i++) {
      told[i] = told[i] == Told.ACCEPTED ? fate : told[i];
    }
  }

  private void checkSegment(Report report, String job) {
    Report.Segment segment = report.segment();
    if (segment != null) {
      Optional<Long> made = receipts.segmentOf(Scenario.SYNC + "-" + job + ".csv");
      if (!made.equals(Optional.ofNullable(segment.id()))) {
        problems.add("the report names segment %d, it is %s".formatted(segment.id(), made));
      }
    }
    if ((segment != null) != (target.isList() && report.rows().accepted() > 0)) {
      problems.add(
          "the report has %d accepted rows and segment %s"
              .formatted(report.rows().accepted(), segment));
    }
  }

  /** Each run is announced, with the totals that it was closed with. */
  private void checkAnnounced(JobLedger job, Report report) {
    for (int run = 1; run <= report.runs(); run++) {
      RowCounts expected =
          run == report.runs() ? report.rows() : job.run(run).closed().orElseThrow().rows();
      Set<RowCounts> announced = announcements.totalsOf(report.job(), run);
      if (!announced.equals(Set.of(expected))) {
        problems.add(
            "run %d of job %s is announced with %s, its report says %s"
                .formatted(run, report.job(), announced, expected));
      }
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
      case UNKNOWN -> !target.isEvents();
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
      Told state = told(open.state());
      open.rows().forEach(row -> told[index(row)] = state);
    }
  }

  private static Told told(OpenRows.State state) {
    return switch (state) {
      case FAILED -> Told.FAILED;
      case UNKNOWN -> Told.UNKNOWN;
      case NOT_SENT -> Told.NOT_SENT;
    };
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
    return target.isEvents() ? Math.max(0, times - 1) : 0;
  }

  private boolean mustNotBeTaken(int times) {
    return (target.isEvents() || target.isList()) && times > 0;
  }

  private void checkLastWord(String user, long row) {
    if (receipts.lastOf(user) < row) {
      problems.add(
          "the last word on %s is row %d, but row %d was accepted"
              .formatted(user, receipts.lastOf(user), row));
    }
  }
}
