package io.tapline.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.aws.SetClock;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FunctionLogTest {

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final SetClock clock = new SetClock();
  private final FunctionLog lines = new FunctionLog(log::writeBytes, clock, "request-1");

  @Test
  void aLineHasItsTimeItsRequestAndItsEnd() {
    lines.add(LogLine.warn("later").with("seconds", 5));

    assertThat(log.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"level\":\"WARN\",\"what\":\"later\",\"seconds\":5,\"timestamp\":\"%s\",\"AWSRequestId\":\"request-1\"}\n"
                .formatted(clock.instant()));
  }

  @Test
  void aLineOfMetricsHasNothingMore() {
    MetricLine metrics = new MetricLine(clock.instant(), "prod", null).with(Metric.DEAD_CHUNKS, 1);

    lines.add(metrics);

    assertThat(log.toString(StandardCharsets.UTF_8)).isEqualTo(metrics + "\n");
  }
}
