package io.tapline.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MetricLineTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Instant AT = Instant.parse("2026-11-24T10:00:00.250Z");

  @Test
  void isWhatTheFormatAsksFor() throws IOException {
    String line =
        new MetricLine(AT, "tapline", "vips")
            .with(Metric.ROWS_READ, 400)
            .with(Metric.REJECTED_SHARE, 3.5)
            .with(Metric.CALL_LATENCY, new long[] {120, 95})
            .toString();

    assertThat(JSON.readTree(line))
        .isEqualTo(
            JSON.readTree(
                """
                {"_aws": {"Timestamp": 1795514400250, "CloudWatchMetrics": [{
                   "Namespace": "Tapline",
                   "Dimensions": [["Installation"], ["Installation", "Sync"]],
                   "Metrics": [
                     {"Name": "RowsRead", "Unit": "Count"},
                     {"Name": "RejectedShare", "Unit": "Percent"},
                     {"Name": "CallLatency", "Unit": "Milliseconds"}]}]},
                 "Installation": "tapline", "Sync": "vips",
                 "RowsRead": 400, "RejectedShare": 3.5, "CallLatency": [120, 95]}
                """));
    assertThat(line).hasLineCount(1);
    assertThat(MetricLine.isOne(line)).isTrue();
  }

  @Test
  void hasNoSyncWhereThereIsNone() throws IOException {
    JsonNode line =
        JSON.readTree(new MetricLine(AT, "tapline", null).with(Metric.DEAD_CHUNKS, 1).toString());

    assertThat(line.at("/_aws/CloudWatchMetrics/0/Dimensions").toString())
        .isEqualTo("[[\"Installation\"]]");
    assertThat(line.has("Sync")).isFalse();
  }

  @Test
  void keepsToTheNumberOfValuesThatTheFormatAllows() throws IOException {
    JsonNode line =
        JSON.readTree(
            new MetricLine(AT, "tapline", null)
                .with(Metric.CALL_LATENCY, LongStream.range(0, 101).toArray())
                .toString());

    assertThat(line.path("CallLatency")).hasSize(100);
  }

  @Test
  void leavesAMetricWithoutValuesOut() throws IOException {
    JsonNode line =
        JSON.readTree(
            new MetricLine(AT, "tapline", null).with(Metric.CALL_LATENCY, new long[0]).toString());

    assertThat(line.at("/_aws/CloudWatchMetrics/0/Metrics")).isEmpty();
    assertThat(line.has("CallLatency")).isFalse();
  }
}
