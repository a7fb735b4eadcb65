package io.tapline.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapline.ledger.RowCounts;
import io.tapline.report.Report.Status;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClosedRunTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Instant AT = Instant.parse("2026-11-24T11:00:00Z");

  /** Counts are read, accepted, rejected, refused, failed, unknown, not sent. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          all of a first run counts | - | 200 150 10 20 5 7 8 | FAILED | {"RowsRead": 200, "RowsAccepted": 150, "RowsRejected": 10, "RowsRefused": 20, "RowsFailed": 5, "RowsUnknown": 7, "RowsNotSent": 8, "RejectedShare": 15.0, "JobsFailed": 1, "JobsNotAddedUp": 0}
          a share of no rows is none | - | 0 0 0 0 0 0 0 | COMPLETED | {"RowsRead": 0, "RowsAccepted": 0, "RowsRejected": 0, "RowsRefused": 0, "RowsFailed": 0, "RowsUnknown": 0, "RowsNotSent": 0, "JobsFailed": 0, "JobsNotAddedUp": 0}
          rejections fail no job | - | 4 3 1 0 0 0 0 | COMPLETED_WITH_REJECTIONS | {"RowsRead": 4, "RowsAccepted": 3, "RowsRejected": 1, "RowsRefused": 0, "RowsFailed": 0, "RowsUnknown": 0, "RowsNotSent": 0, "RejectedShare": 25.0, "JobsFailed": 0, "JobsNotAddedUp": 0}
          a stop fails the job | - | 2 0 0 0 0 0 2 | STOPPED | {"RowsRead": 2, "RowsAccepted": 0, "RowsRejected": 0, "RowsRefused": 0, "RowsFailed": 0, "RowsUnknown": 0, "RowsNotSent": 2, "RejectedShare": 0.0, "JobsFailed": 1, "JobsNotAddedUp": 0}
          rows that do not add up show | - | 3 2 0 0 0 0 0 | FAILED | {"RowsRead": 3, "RowsAccepted": 2, "RowsRejected": 0, "RowsRefused": 0, "RowsFailed": 0, "RowsUnknown": 0, "RowsNotSent": 0, "RejectedShare": 0.0, "JobsFailed": 1, "JobsNotAddedUp": 1}
          of a later run what it decided | 200 150 10 20 5 7 8 | 200 160 11 22 0 7 0 | FAILED | {"RowsAccepted": 10, "RowsRejected": 1, "RowsRefused": 2, "JobsFailed": 1, "JobsNotAddedUp": 0}
          """)
  void metrics(String rule, @Nullable String before, String rows, Status status, String expected)
      throws IOException {
    ClosedRun run =
        new ClosedRun(
            Reports.of(counts(rows), status), before == null ? null : counts(before), null, false);

    JsonNode line = JSON.readTree(run.metrics(AT, "prod").toString());

    ObjectNode all = (ObjectNode) JSON.readTree(expected);
    all.put("JobsClosed", 1).put("JobDuration", 90);
    assertThat(line.at("/_aws/CloudWatchMetrics/0/Metrics").findValuesAsText("Name"))
        .containsExactlyInAnyOrderElementsOf(names(all));
    all.put("Installation", "prod").put("Sync", "vip");
    assertThat(((ObjectNode) line).<ObjectNode>without("_aws")).isEqualTo(all);
  }

  private static List<String> names(ObjectNode node) {
    return node.propertyStream().map(property -> property.getKey()).toList();
  }

  private static RowCounts counts(String text) {
    List<Long> counts = Arrays.stream(text.split(" ")).map(Long::valueOf).toList();
    return new RowCounts(
        counts.get(0),
        counts.get(1),
        counts.get(2),
        counts.get(3),
        counts.get(4),
        counts.get(5),
        counts.get(6));
  }
}
