package io.tapline.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of a function's log from which CloudWatch makes metrics, in its Embedded Metric Format: no
 * request is needed, and none can fail. Not thread-safe.
 */
public final class MetricLine {

  /** Where CloudWatch keeps the metrics. */
  public static final String NAMESPACE = "Tapline";

  /** The dimension by which installations of one account are told apart. */
  public static final String INSTALLATION = "Installation";

  /** The dimension by which the syncs of an installation are told apart. */
  public static final String SYNC = "Sync";

  private static final String AWS = "_aws";

  /** The format's own limit for the values of one metric in a line. */
  private static final int MOST_VALUES = 100;

  private final ObjectNode line = JsonNodeFactory.instance.objectNode();
  private final ArrayNode metrics = JsonNodeFactory.instance.arrayNode();

  /**
   * A line without metrics.
   *
   * @param installation its name
   * @param sync null for what belongs to none
   */
  public MetricLine(Instant at, String installation, @Nullable String sync) {
    ObjectNode aws = line.putObject(AWS).put("Timestamp", at.toEpochMilli());
    ObjectNode directive =
        aws.putArray("CloudWatchMetrics").addObject().put("Namespace", NAMESPACE);
    ArrayNode dimensions = directive.putArray("Dimensions");
    dimensions.addArray().add(INSTALLATION);
    line.put(INSTALLATION, installation);
    if (sync != null) {
      dimensions.addArray().add(INSTALLATION).add(SYNC);
      line.put(SYNC, sync);
    }
    directive.set("Metrics", metrics);
  }

  /** Adds a metric of one value; each metric at most once. */
  public MetricLine with(Metric metric, long value) {
    declare(metric);
    line.put(metric.text(), value);
    return this;
  }

  /** Adds a metric whose value may be a fraction. */
  public MetricLine with(Metric metric, double value) {
    declare(metric);
    line.put(metric.text(), value);
    return this;
  }

  /**
   * Adds a metric of several values, of which CloudWatch keeps the distribution; none: adds
   * nothing. Beyond 100 values, which the format does not allow, the rest is left out.
   */
  public MetricLine with(Metric metric, long[] values) {
    if (values.length > 0) {
      declare(metric);
      ArrayNode all = line.putArray(metric.text());
      for (int i = 0; i < Math.min(values.length, MOST_VALUES); i++) {
        all.add(values[i]);
      }
    }
    return this;
  }

  private void declare(Metric metric) {
    metrics.addObject().put("Name", metric.text()).put("Unit", metric.unit());
  }

  /** Whether a line of a function's log is one of these. */
  public static boolean isOne(String line) {
    return line.startsWith("{\"" + AWS + "\":");
  }

  /** The line as it is logged, with its end. */
  byte[] toBytes() {
    return (line + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** What it says. */
  @Override
  public String toString() {
    return line.toString();
  }
}
