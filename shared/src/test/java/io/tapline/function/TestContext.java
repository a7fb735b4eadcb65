package io.tapline.function;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Lambda hands a handler, for the tests of the functions: keeps what is logged. */
public final class TestContext implements Context, LambdaLogger {

  private final int remainingMillis;
  private final StringBuilder log = new StringBuilder();

  /** The context of an invocation that has so much time left, for ever. */
  public TestContext(int remainingMillis) {
    this.remainingMillis = remainingMillis;
  }

  /** The lines that were logged; each was ended by its writer. */
  public synchronized List<String> lines() {
    List<String> lines = new ArrayList<>(List.of(log.toString().split("\n", -1)));
    if (!lines.removeLast().isEmpty()) {
      throw new AssertionError("the last line has no end");
    }
    return lines;
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
  public synchronized void log(String message) {
    log.append(message);
  }

  @Override
  public void log(byte[] message) {
    log(new String(message, StandardCharsets.UTF_8));
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
