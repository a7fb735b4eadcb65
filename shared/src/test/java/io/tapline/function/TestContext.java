package io.tapline.function;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapline.job.MetricLine;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Lambda hands a handler, for the tests of the functions: keeps what is logged. */
public final class TestContext implements Context, LambdaLogger {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final int remainingMillis;
  private final StringBuilder log = new StringBuilder();

  /** The context of an invocation that has so much time left, for ever. */
  public TestContext(int remainingMillis) {
    this.remainingMillis = remainingMillis;
  }

  /** The lines that were logged, metrics apart, without the time and the request of each. */
  public List<String> lines() {
    return all().stream().filter(line -> !MetricLine.isOne(line)).map(this::message).toList();
  }

  /** The lines of metrics that were logged. */
  public List<String> metrics() {
    return all().stream().filter(MetricLine::isOne).toList();
  }

  /** All lines that were logged, as they were; each was ended by its writer. */
  public synchronized List<String> all() {
    List<String> lines = new ArrayList<>(List.of(log.toString().split("\n", -1)));
    if (!lines.removeLast().isEmpty()) {
      throw new AssertionError("the last line has no end");
    }
    return lines;
  }

  private String message(String line) {
    try {
      ObjectNode message = (ObjectNode) JSON.readTree(line);
      Instant.parse(message.remove("timestamp").textValue());
      if (!message.remove("AWSRequestId").textValue().equals(getAwsRequestId())) {
        throw new AssertionError("a line of another request: " + line);
      }
      return message.toString();
    } catch (JsonProcessingException e) {
      throw new AssertionError("not a line of a function's log: " + line, e);
    }
  }

  @Override
  public int getRemainingTimeInMillis() {
    return remainingMillis;
  }

  @Override
  public LambdaLogger getLogger() {
    return this;
  }

  @Override
  public void log(String message) {
    throw new AssertionError("Lambda wraps a text where its log format is JSON: " + message);
  }

  @Override
  public synchronized void log(byte[] message) {
    log.append(new String(message, StandardCharsets.UTF_8));
  }

  @Override
  public String getAwsRequestId() {
    return "c6af9ac6-7b61-11e6-9a41-93e8deadbeef";
  }

  @Override
  public String getLogGroupName() {
    return "/aws/lambda/test";
  }

  @Override
  public String getLogStreamName() {
    return "test";
  }

  @Override
  public String getFunctionName() {
    return "test";
  }

  @Override
  public String getFunctionVersion() {
    return "$LATEST";
  }

  @Override
  public String getInvokedFunctionArn() {
    return "arn:aws:lambda:us-east-1:123456789012:function:test";
  }

  @Override
  public @Nullable CognitoIdentity getIdentity() {
    return null;
  }

  @Override
  public @Nullable ClientContext getClientContext() {
    return null;
  }

  @Override
  public int getMemoryLimitInMB() {
    return 512;
  }
}
