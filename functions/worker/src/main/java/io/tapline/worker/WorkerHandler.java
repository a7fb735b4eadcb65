package io.tapline.worker;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.tapline.aws.MessageQueue;
import io.tapline.aws.TimeBudget;
import io.tapline.chunk.ChunkMessage;
import io.tapline.clevertap.CallTimes;
import io.tapline.job.FunctionLog;
import io.tapline.job.Installation;
import io.tapline.job.LogLine;
import io.tapline.job.Metric;
import io.tapline.job.MetricLine;
import io.tapline.job.Push;
import io.tapline.job.PushResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Pushes the chunks that queue messages point to. Safe for use by several threads: on one machine
 * all invocations share it.
 */
public final class WorkerHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {

  /** The environment variable that says how often the queue hands out a message; 100 without it. */
  public static final String MAX_RECEIVES = "TAPLINE_MAX_RECEIVES";

  private static final String DEFAULT_MAX_RECEIVES = "100";

  /** A queue's own limit of {@code maxReceiveCount}. */
  private static final int MOST_RECEIVES = 1000;

  private final MessageQueue queue;
  private final Push push;
  private final Installation installation;
  private final String name;

  /**
   * The function as Lambda makes it.
   *
   * @throws IllegalStateException when its environment does not name an installation, or {@value
   *     #MAX_RECEIVES} is not 1 to 1000
   */
  public WorkerHandler() {
    this(
        Installation.name(System.getenv()),
        Installation.of(System.getenv()),
        maxReceives(System.getenv()));
  }

  /**
   * The function of this installation.
   *
   * @param name the installation's, for its metrics
   * @param maxReceives how often the queue hands out a message before it is dead
   */
  public WorkerHandler(String name, Installation installation, int maxReceives) {
    this(name, installation, new Push(installation, maxReceives));
  }

  /**
   * The function of this installation.
   *
   * @param name the installation's, for its metrics
   * @param maxReceives how often the queue hands out a message before it is dead
   * @param longestLife how long a worker that began before may still be in a call; zero where there
   *     was no other
   */
  public WorkerHandler(
      String name, Installation installation, int maxReceives, Duration longestLife) {
    this(name, installation, new Push(installation, maxReceives, longestLife));
  }

  private WorkerHandler(String name, Installation installation, Push push) {
    this.name = name;
    this.installation = installation;
    this.queue = installation.queue();
    this.push = push;
  }

  static int maxReceives(Map<String, String> environment) {
    String text = environment.getOrDefault(MAX_RECEIVES, DEFAULT_MAX_RECEIVES);
    try {
      int value = Integer.parseInt(text);
      if (value >= 1 && value <= MOST_RECEIVES) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, together with what is out of range.
    }
    throw new IllegalStateException(
        "%s is \"%s\"; it must be 1 to %d".formatted(MAX_RECEIVES, text, MOST_RECEIVES));
  }

  /**
   * Pushes the chunk of each message. Behind a message that has to wait, the others of its group
   * wait, too: they are later chunks of its lane.
   *
   * @return the messages that the queue should hand out again
   * @throws OutageException when CleverTap is out of reach; then all messages come again, and those
   *     that were done are found done
   */
  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    TimeBudget budget =
        TimeBudget.of(installation.clock(), Duration.ofMillis(context.getRemainingTimeInMillis()));
    FunctionLog log =
        new FunctionLog(context.getLogger()::log, installation.clock(), context.getAwsRequestId());
    Set<String> waiting = new HashSet<>();
    List<BatchItemFailure> failures = new ArrayList<>();
    for (SQSMessage message : event.getRecords()) {
      String group = message.getAttributes().getOrDefault("MessageGroupId", "");
      if (waiting.contains(group) || !push(message, budget, log)) {
        waiting.add(group);
        failures.add(new BatchItemFailure(message.getMessageId()));
      }
    }
    return new SQSBatchResponse(failures);
  }

  /** Whether the message can go. */
  private boolean push(SQSMessage message, TimeBudget budget, FunctionLog log) {
    ChunkMessage chunk;
    try {
      chunk = ChunkMessage.parse(message.getBody());
    } catch (IllegalArgumentException e) {
      // Whatever is in it may be personal data. The queue moves it to the dead letters in the end.
      log.add(LogLine.error("no chunk message").with("message", message.getMessageId()));
      return false;
    }
    int receives =
        Integer.parseInt(message.getAttributes().getOrDefault("ApproximateReceiveCount", "1"));
    return switch (push(chunk, receives, budget, log)) {
      case PushResult.Done done -> true;
      case PushResult.Later later -> {
        log.add(
            about(LogLine.info("later"), chunk)
                .with("reason", later.reason())
                .with("receives", receives)
                .with("seconds", later.delay().toSeconds()));
        hide(message, later.delay(), chunk, log);
        if (later.outage()) {
          throw new OutageException(later.reason());
        }
        yield false;
      }
    };
  }

  /** Its calls are counted whatever comes of them. */
  private PushResult push(ChunkMessage chunk, int receives, TimeBudget budget, FunctionLog log) {
    CallTimes times = new CallTimes();
    try {
      return push.push(chunk, receives, budget, times);
    } finally {
      if (times.calls() > 0) {
        log.add(
            new MetricLine(installation.clock().instant(), name, chunk.sync())
                .with(Metric.CALLS, times.calls())
                .with(Metric.THROTTLES, times.throttledCalls())
                .with(Metric.CALL_LATENCY, times.millis()));
      }
    }
  }

  /** Where this fails, the message comes again later than it could: no reason to fail. */
  private void hide(SQSMessage message, Duration delay, ChunkMessage chunk, FunctionLog log) {
    try {
      queue.changeVisibility(message.getReceiptHandle(), delay);
    } catch (RuntimeException e) {
      log.add(about(LogLine.warn("not hidden"), chunk).with("error", e.getClass().getSimpleName()));
    }
  }

  private static LogLine about(LogLine line, ChunkMessage chunk) {
    return line.with("job", chunk.job())
        .with("sync", chunk.sync())
        .with("run", chunk.run())
        .with("chunk", chunk.chunk().toString());
  }
}
