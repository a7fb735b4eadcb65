package io.tapline.job;

import io.tapline.aws.Clock;
import java.util.function.Consumer;

/**
 * The log of one invocation of a function. As thread-safe as where it goes.
 *
 * <p>Lines are handed on as bytes: where a function's log format is JSON, Lambda's runtime takes a
 * text for a message, and puts it, escaped, into a JSON object of its own, in which CloudWatch
 * finds no metrics. Bytes it leaves as they are, in both formats.
 */
public final class FunctionLog {

  private final Consumer<byte[]> sink;
  private final Clock clock;
  private final String request;

  /**
   * The log of an invocation.
   *
   * @param sink takes each line, with its end
   * @param request the id of the invocation
   */
  public FunctionLog(Consumer<byte[]> sink, Clock clock, String request) {
    this.sink = sink;
    this.clock = clock;
    this.request = request;
  }

  /** Adds a line. */
  public void add(LogLine line) {
    sink.accept(line.toBytes(clock.instant(), request));
  }

  /** Adds a line of metrics. */
  public void add(MetricLine line) {
    sink.accept(line.toBytes());
  }
}
