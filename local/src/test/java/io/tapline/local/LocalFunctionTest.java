package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import io.tapline.aws.Clock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalFunctionTest {

  @ParameterizedTest(name = "{2}")
  @CsvSource({
    "PT0S, 60000, the whole timeout at first",
    "PT15.5S, 44500, the timeout less what has passed",
    "PT60S, 0, nothing when it is used up",
    "PT61S, 0, never below zero"
  })
  void theTimeLeftCountsDown(Duration elapsed, int expectedMillis, String rule) {
    SettableClock clock = new SettableClock();
    Context context = LocalContext.begin("worker", Duration.ofMinutes(1), clock, line -> {});

    clock.sleep(elapsed);

    assertThat(context.getRemainingTimeInMillis()).as(rule).isEqualTo(expectedMillis);
  }

  @Test
  void eachInvocationHasAContextOfItsOwn() {
    List<String> requestIds = new ArrayList<>();
    LocalFunction<String, String> function =
        new LocalFunction<>(
            "splitter",
            (event, context) -> {
              requestIds.add(context.getAwsRequestId());
              return event + " by " + context.getFunctionName();
            },
            Duration.ofMinutes(15),
            Clock.system(),
            line -> {});

    assertThat(function.invoke("first")).isEqualTo("first by splitter");
    assertThat(function.invoke("second")).isEqualTo("second by splitter");
    assertThat(requestIds).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void theContextDescribesTheFunctionAsLambdaDoes() {
    Context context =
        LocalContext.begin("worker", Duration.ofMinutes(1), Clock.system(), line -> {});

    assertThat(context.getFunctionName()).isEqualTo("worker");
    assertThat(context.getFunctionVersion()).isEqualTo("$LATEST");
    assertThat(context.getInvokedFunctionArn())
        .isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:worker");
    assertThat(context.getLogGroupName()).isEqualTo("/aws/lambda/worker");
    assertThat(context.getLogStreamName()).isNotEmpty();
    assertThat(context.getMemoryLimitInMB()).isPositive();
    assertThat(context.getIdentity()).isNull();
    assertThat(context.getClientContext()).isNull();
  }

  @Test
  void whatIsLoggedGoesToTheSink() {
    List<String> lines = new ArrayList<>();
    Context context =
        LocalContext.begin("worker", Duration.ofMinutes(1), Clock.system(), lines::add);

    context.getLogger().log("text");
    context.getLogger().log("bytes".getBytes(StandardCharsets.UTF_8));

    assertThat(lines).containsExactly("text", "bytes");
  }

  /** A clock whose time passes only by sleeping. */
  private static final class SettableClock implements Clock {

    private Instant now = Instant.parse("2026-11-24T00:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public void sleep(Duration duration) {
      now = now.plus(duration);
    }
  }
}
