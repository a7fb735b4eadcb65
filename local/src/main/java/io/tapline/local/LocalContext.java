package io.tapline.local;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import io.tapline.aws.Clock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What Lambda hands a handler beside the event, for one invocation. The time left counts down from
 * the function's timeout; unlike Lambda, nothing ends an invocation that uses it up. Immutable; as
 * thread-safe as its sink.
 */
public final class LocalContext implements Context {

  private final String functionName;
  private final String requestId = UUID.randomUUID().toString();
  private final Clock clock;
  private final Instant deadline;
  private final LambdaLogger logger;

  private LocalContext(String functionName, Clock clock, Instant deadline, LambdaLogger logger) {
    this.functionName = functionName;
    this.clock = clock;
    this.deadline = deadline;
    this.logger = logger;
  }

  /**
   * The context of an invocation that begins now.
   *
   * @param timeout the function's timeout
   * @param sink takes what the handler logs through {@link #getLogger()}
   */
  public static LocalContext begin(
      String functionName, Duration timeout, Clock clock, Consumer<String> sink) {
    return new LocalContext(
        functionName, clock, clock.instant().plus(timeout), new SinkLogger(sink));
  }

  @Override
  public String getAwsRequestId() {
    return requestId;
  }

  @Override
  public String getLogGroupName() {
    return "/aws/lambda/" + functionName;
  }

  @Override
  public String getLogStreamName() {
    return "local";
  }

  @Override
  public String getFunctionName() {
    return functionName;
  }

  @Override
  public String getFunctionVersion() {
    return "$LATEST";
  }

  @Override
  public String getInvokedFunctionArn() {
    return "arn:aws:lambda:%s:000000000000:function:%s".formatted(EmbeddedSqs.REGION, functionName);
  }

  @Override
  public @Nullable CognitoIdentity getIdentity() {
    return null;
  }

  @Override
  public @Nullable ClientContext getClientContext() {
    return null;
  }

  /** Milliseconds until the timeout, never below 0. */
  @Override
  public int getRemainingTimeInMillis() {
    long left = Duration.between(clock.instant(), deadline).toMillis();
    return Math.clamp(left, 0, Integer.MAX_VALUE);
  }

  /** The heap's limit: on one machine all functions share one JVM. */
  @Override
  public int getMemoryLimitInMB() {
    return Math.toIntExact(Runtime.getRuntime().maxMemory() >> 20);
  }

  @Override
  public LambdaLogger getLogger() {
    return logger;
  }

  private record SinkLogger(Consumer<String> sink) implements LambdaLogger {

    @Override
    public void log(String message) {
      sink.accept(message);
    }

    @Override
    public void log(byte[] message) {
      sink.accept(new String(message, StandardCharsets.UTF_8));
    }
  }
}
