package io.tapline.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapline.ledger.RowCounts;
import io.tapline.ledger.Stop;
import io.tapline.report.Report.Status;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Instant AT = Instant.parse("2026-11-24T00:00:00Z");

  private static final Report FULL =
      new Report(
          "job-1",
          "vip",
          new Report.Export("exports", "vip/1.csv", "v1", 17),
          Status.STOPPED,
          AT,
          AT.plusSeconds(61),
          new RowCounts(7, 1, 1, 1, 1, 1, 2),
          3,
          1,
          new Report.Calls(4, 2, 1),
          new Report.Chunks(3, 2, 1),
          List.of(
              new Report.Reason(
                  "tapline",
                  "516",
                  "phone",
                  1,
                  "no phone",
                  List.of(2L),
                  List.of(new Report.Example(2, "999")))),
          List.of(new Report.SentColumn("phone", "Phone", "string")),
          new Report.Segment(1234L, "VIPs", "CREATE_NEW_SEGMENT"),
          new Stop("INVALID_RECORD", "row 2 is invalid", 2L),
          List.of(
              new Report.Warning("NO_ROWS", "none"),
              new Report.Warning("ROWS_FAILED", "1 rows are failed", "HTTP 400: no")),
          List.of(new Report.Point(AT, 7, 4, 1)));

  private static final Report EMPTY =
      new Report(
          "job-1",
          "vip",
          new Report.Export("exports", "vip/1.csv", null, 17),
          Status.COMPLETED,
          AT,
          AT,
          RowCounts.NONE,
          0,
          1,
          new Report.Calls(0, 0, 0),
          new Report.Chunks(0, 0, 0),
          List.of(
              new Report.Reason(
                  "clevertap",
                  "523",
                  null,
                  1,
                  "no",
                  List.of(1L),
                  List.of(new Report.Example(1, null)))),
          List.of(new Report.SentColumn("x", "x", null)),
          null,
          null,
          List.of(),
          List.of());

  @Test
  void itsKeysAreAContract() throws JsonProcessingException {
    assertThat(json(FULL))
        .isEqualTo(
            normal(
                """
                {"job": "job-1", "sync": "vip",
                 "export": {"bucket": "exports", "key": "vip/1.csv", "version": "v1", "bytes": 17},
                 "status": "STOPPED",
                 "startedAt": "2026-11-24T00:00:00Z", "finishedAt": "2026-11-24T00:01:01Z",
                 "rows": {"read": 7, "accepted": 1, "rejected": 1, "refused": 1, "failed": 1,
                          "unknown": 1, "notSent": 2},
                 "sentAgainAfterUnknown": 3, "runs": 1,
                 "calls": {"total": 4, "retries": 2, "throttled": 1},
                 "chunks": {"total": 3, "done": 2, "failed": 1},
                 "reasons": [{"by": "tapline", "code": "516", "column": "phone", "count": 1,
                              "reason": "no phone", "firstRows": [2],
                              "examples": [{"row": 2, "value": "999"}]}],
                 "columns": [{"name": "phone", "sentAs": "Phone", "type": "string"}],
                 "segment": {"id": 1234, "name": "VIPs", "mode": "CREATE_NEW_SEGMENT"},
                 "stopped": {"code": "INVALID_RECORD", "message": "row 2 is invalid", "row": 2},
                 "warnings": [{"code": "NO_ROWS", "message": "none", "answer": null},
                              {"code": "ROWS_FAILED", "message": "1 rows are failed",
                               "answer": "HTTP 400: no"}],
                 "timeline": [{"at": "2026-11-24T00:00:00Z", "rows": 7, "calls": 4,
                               "throttled": 1}]}
                """));
  }

  @Test
  void leavesNoKeyOut() throws JsonProcessingException {
    assertThat(json(EMPTY))
        .contains(
            "\"version\":null",
            "\"column\":null",
            "\"type\":null",
            "\"value\":null",
            "\"segment\":null,\"stopped\":null,\"warnings\":[],\"timeline\":[]");
    assertThat(Report.parse(EMPTY.toJson())).isEqualTo(EMPTY);
  }

  @Test
  void aStopWithoutARowSaysSo() throws JsonProcessingException {
    Report parsed =
        Report.parse(
            json(FULL)
                .replace("\"row 2 is invalid\",\"row\":2", "\"m\",\"row\":null")
                .getBytes(UTF_8));

    assertThat(parsed.stopped()).isEqualTo(new Stop("INVALID_RECORD", "m", null));
    assertThat(json(parsed)).contains("\"row\":null");
  }

  @Test
  void readsBackAsItWas() {
    assertThat(Report.parse(FULL.toJson())).isEqualTo(FULL);
  }

  @Test
  void readsWhatWasWrittenBeforeThereWereExamples() throws JsonProcessingException {
    String before = json(FULL).replaceFirst(",\"examples\":\\[[^]]*]", "");

    assertThat(before).doesNotContain("examples");
    assertThat(Report.parse(before.getBytes(UTF_8)).reasons())
        .containsExactly(
            new Report.Reason("tapline", "516", "phone", 1, "no phone", List.of(2L), List.of()));
  }

  @Test
  void readsWhatWasWrittenBeforeAWarningHadAnAnswer() throws JsonProcessingException {
    String before = json(FULL).replaceAll(",\"answer\":(null|\"[^\"]*\")", "");

    assertThat(before).doesNotContain("answer");
    assertThat(Report.parse(before.getBytes(UTF_8)).warnings())
        .containsExactly(
            new Report.Warning("NO_ROWS", "none"),
            new Report.Warning("ROWS_FAILED", "1 rows are failed"));
  }

  @Test
  void isForPeopleToo() {
    assertThat(new String(FULL.toJson(), UTF_8).lines()).hasSizeGreaterThan(50);
  }

  @Test
  void tellsWhatIsNoReport() {
    assertThatThrownBy(() -> Report.parse("{".getBytes(UTF_8)))
        .isInstanceOf(UncheckedIOException.class);
  }

  /** On one line, in the order in which it is written. */
  private static String json(Report report) throws JsonProcessingException {
    return normal(new String(report.toJson(), UTF_8));
  }

  private static String normal(String json) throws JsonProcessingException {
    return JSON.readTree(json).toString();
  }
}
