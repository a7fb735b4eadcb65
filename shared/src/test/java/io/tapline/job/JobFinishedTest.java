package io.tapline.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.RowCounts;
import io.tapline.ledger.Stop;
import io.tapline.report.Report;
import io.tapline.report.Report.Status;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class JobFinishedTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final RowCounts ROWS = new RowCounts(20, 10, 1, 2, 3, 4, 0);

  private final Ledger ledger = new MemoryInstallation().ledger();

  /** Its keys are a contract. */
  @Test
  void saysWhatTheReportSays() throws IOException {
    Report.Segment segment = new Report.Segment(7L, "VIPs", "CREATE_NEW_SEGMENT");
    Stop stop = new Stop("INVALID_HEADER", "the column \"" + Reports.OF_A_ROW + "\"", 1L);
    Report report = Reports.of(ROWS, Status.STOPPED, 6, segment, stop);
    ClosedRun run = new ClosedRun(report, null, "jobs/vip/job/rejects.csv", false);

    String json = JobFinished.of("prod", ledger, run).toJson();

    assertThat(JSON.readTree(json))
        .isEqualTo(
            JSON.readTree(
                """
                {"installation": "prod", "job": "20261124T101500Z-0123456789abcdef", "sync": "vip",
                 "run": 2, "runs": 2, "status": "STOPPED",
                 "export": {"bucket": "exports", "key": "vip/1.csv", "version": null, "bytes": 42},
                 "startedAt": "2026-11-24T10:15:00Z", "finishedAt": "2026-11-24T10:16:30Z",
                 "durationSeconds": 90,
                 "rows": {"read": 20, "accepted": 10, "rejected": 1, "refused": 2, "failed": 3,
                          "unknown": 4, "notSent": 0},
                 "calls": {"total": 3, "retries": 1, "throttled": 1},
                 "chunks": {"total": 2, "done": 1, "failed": 1},
                 "segment": {"id": 7, "name": "VIPs", "mode": "CREATE_NEW_SEGMENT"},
                 "stopped": "INVALID_HEADER",
                 "topReasons": [{"by": "tapline", "code": "510", "count": 9},
                                {"by": "tapline", "code": "511", "count": 8},
                                {"by": "tapline", "code": "512", "count": 7},
                                {"by": "tapline", "code": "513", "count": 6},
                                {"by": "tapline", "code": "514", "count": 5}],
                 "report": {"bucket": "tapline-work",
                            "key": "jobs/vip/20261124T101500Z-0123456789abcdef/report.json"},
                 "page": {"bucket": "tapline-work",
                          "key": "jobs/vip/20261124T101500Z-0123456789abcdef/report.html"},
                 "rejects": {"bucket": "tapline-work", "key": "jobs/vip/job/rejects.csv"}}
                """));
    assertThat(json).doesNotContain(Reports.OF_A_ROW);
  }

  @Test
  void hasNullsForWhatThereIsNot() throws IOException {
    ClosedRun run = new ClosedRun(Reports.of(ROWS, Status.FAILED), null, null, false);

    JsonNode event = JSON.readTree(JobFinished.of("prod", ledger, run).toJson());

    assertThat(event.path("segment").isNull()).isTrue();
    assertThat(event.path("stopped").isNull()).isTrue();
    assertThat(event.path("rejects").isNull()).isTrue();
    assertThat(event.path("topReasons")).isEmpty();
  }
}
