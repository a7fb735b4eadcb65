package io.tapline.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of a function's log: one JSON object, so that a query over the log can name its parts. It
 * holds no personal data: names, ids, counts and our own messages only. Not thread-safe.
 */
public final class LogLine {

  /** How much a line matters. */
  private enum Level {
    INFO,
    WARN,
    ERROR
  }

  private final ObjectNode parts = JsonNodeFactory.instance.objectNode();

  private LogLine(Level level, String what) {
    parts.put("level", level.name()).put("what", what);
  }

  /**
   * Something went as it should.
   *
   * @param what a fixed word or two, the same for all lines of this kind
   */
  public static LogLine info(String what) {
    return new LogLine(Level.INFO, what);
  }

  /** Something that a person may want to look at; see {@link #info}. */
  public static LogLine warn(String what) {
    return new LogLine(Level.WARN, what);
  }

  /** Something that a person has to look at; see {@link #info}. */
  public static LogLine error(String what) {
    return new LogLine(Level.ERROR, what);
  }

  /** Adds a part; null leaves it out. */
  public LogLine with(String name, @Nullable String value) {
    if (value != null) {
      parts.put(name, value);
    }
    return this;
  }

  /** Adds a number. */
  public LogLine with(String name, long value) {
    parts.put(name, value);
    return this;
  }

  /**
   * The line as it is logged, with its end: not every place that functions log to ends a line by
   * itself. It has the {@code timestamp} without which Lambda does not go by its level, and the id
   * of the invocation by the name that Lambda's own lines give it.
   */
  byte[] toBytes(Instant at, String request) {
    ObjectNode line = parts.deepCopy().put("timestamp", at.toString()).put("AWSRequestId", request);
    return (line + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** What it says. */
  @Override
  public String toString() {
    return parts.toString();
  }
}
