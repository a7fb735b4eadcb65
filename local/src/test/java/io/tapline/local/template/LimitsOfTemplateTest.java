package io.tapline.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapline.clevertap.Caller;
import io.tapline.finalizer.FinalizerHandler;
import io.tapline.job.Push;
import io.tapline.job.Sweep;
import io.tapline.sync.RetrySettings;
import io.tapline.worker.WorkerHandler;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bounds of the template fit each other, the code, and what CleverTap allows. */
class LimitsOfTemplateTest {

  private final Template template = Template.read();

  @Test
  void deadlinesNest() {
    Duration worker = seconds("WorkerFunction", "Timeout");
    Duration splitter = seconds("SplitterFunction", "Timeout");
    Duration finalizer = seconds("FinalizerFunction", "Timeout");
    Duration visibility = seconds("ChunkQueue", "VisibilityTimeout");
    Duration deadLetter = seconds("DeadLetterQueue", "VisibilityTimeout");

    assertThat(RetrySettings.LONGEST_CALL.plus(Caller.CLOSING))
        .as("the longest call and what comes after it fit into an invocation")
        .isLessThan(worker);
    assertThat(visibility).as("AWS's advice").isGreaterThanOrEqualTo(worker.multipliedBy(6));
    assertThat(Push.HOLD).as("a call that was noted so long ago is nobody's").isGreaterThan(worker);
    assertThat(deadLetter).as("a call that the finalizer waits for").isGreaterThan(Push.HOLD);
    assertThat(FinalizerHandler.LONGEST_LIFE).as("another finalizer").isGreaterThan(finalizer);
    assertThat(Sweep.PATIENCE).as("another splitter").isGreaterThan(splitter);
  }

  @Test
  void queueAndWorkerCountToTheSameNumber() {
    int receives =
        template.properties("ChunkQueue").path("RedrivePolicy").path("maxReceiveCount").asInt();

    assertThat(template.environment("WorkerFunction").get(WorkerHandler.MAX_RECEIVES))
        .isEqualTo(String.valueOf(receives));
    assertThat(receives).isBetween(1, 1000);
  }

  /** They grow from 5 s, doubled, to 5 min. */
  @Test
  void receivesLastForAnOutageOfSixHours() {
    int receives =
        template.properties("ChunkQueue").path("RedrivePolicy").path("maxReceiveCount").asInt();
    Duration waits = Duration.ZERO;
    for (int i = 0; i < receives - 1; i++) {
      waits = waits.plusSeconds(Math.min(300, 5L << Math.min(i, 10)));
    }

    assertThat(waits).isGreaterThan(Duration.ofHours(6));
  }

  @Test
  void capIsWhatLambdaAndCleverTapAllow() {
    JsonNode cap = template.parameters().get("AccountCap");

    assertThat(cap.path("MinValue").asInt()).as("Lambda's least maximum concurrency").isEqualTo(2);
    assertThat(cap.path("MaxValue").asInt()).as("CleverTap's calls at once").isEqualTo(15);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "10", "15"})
  void capHoldsOverAllSyncs(String cap) {
    JsonNode worker = template.with("AccountCap", cap).properties("WorkerFunction");
    JsonNode mapping = worker.path("Events").path("Chunk").path("Properties");

    assertThat(mapping.path("ScalingConfig").path("MaximumConcurrency").asText()).isEqualTo(cap);
    assertThat(worker.path("ReservedConcurrentExecutions").asInt())
        .as("with less, Lambda throttles, which uses up receives")
        .isGreaterThanOrEqualTo(Integer.parseInt(cap));
    assertThat(mapping.path("BatchSize").asInt()).as("an invocation is one lane").isOne();
    assertThat(mapping.path("FunctionResponseTypes")).hasToString("[\"ReportBatchItemFailures\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SplitterFunction", "WorkerFunction", "FinalizerFunction"})
  void smallQuotaReservesNothing(String function) {
    assertThat(template.with("ReserveConcurrency", "no").properties(function))
        .noneMatch(p -> p.has("ReservedConcurrentExecutions"))
        .isNotEmpty();
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "FinalizerSchedule, rate(1 minute),   true",
    "FinalizerSchedule, rate(10 minutes), true",
    "FinalizerSchedule, rate(11 minutes), false",
    "FinalizerSchedule, rate(1 hour),     false",
    "FinalizerSchedule, cron(* * * * ? *), true",
    "SweepSchedule,     rate(15 minutes), true",
    "SweepSchedule,     rate(1 hour),     true",
    "SweepSchedule,     rate(2 hours),    false",
    "SweepSchedule,     rate(1 minute),   false",
    "SweepSchedule,     rate(4 minutes),  false",
    "SweepSchedule,     rate(5 minutes),  true",
    "SweepSchedule,     rate(59 minutes), true",
    "SweepSchedule,     rate(60 minutes), false",
    "SweepSchedule,     cron(0 6 * * ? *), false",
    "SweepSchedule,     every day,        false",
    "BucketPrefix,      tapline-2,        true",
    "BucketPrefix,      Tapline,          false",
    "ExistingExportBucket, '',            true",
    "ExistingExportBucket, our.exports,   true",
    "ExistingExportBucket, Exports_,      false",
    "ExportPrefix,      exports/vip=1/,   true",
    "ExportPrefix,      exports/*,        false",
    "ExportKmsKeyArn,   arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab, true",
    "ExportKmsKeyArn,   arn:aws:kms:eu-west-1:123456789012:alias/exports,     false",
    "AlarmEmail,        '',               true",
    "AlarmEmail,        ops@example.com,  true",
    "AlarmEmail,        ops,              false",
  })
  void parametersAreChecked(String parameter, String value, boolean allowed) {
    JsonNode declared = template.parameters().get(parameter);

    assertThat(value.matches(declared.path("AllowedPattern").asText())).isEqualTo(allowed);
  }

  @Test
  void eachParameterIsExplainedInBounds() {
    String groupsAndLabels = template.file().tree().path("Metadata").toString();
    template
        .parameters()
        .forEach(
            (name, declared) -> {
              assertThat(declared.path("Description").asText()).as(name).endsWith(".");
              assertThat(declared.has("Default")).as(name).isTrue();
              assertThat(
                      declared.has("AllowedPattern")
                          || declared.has("AllowedValues")
                          || (declared.has("MinValue") && declared.has("MaxValue")))
                  .as("bounds of " + name)
                  .isTrue();
              assertThat(groupsAndLabels)
                  .contains("\"%s\"".formatted(name), "\"%s\":{".formatted(name));
            });
  }

  private Duration seconds(String resource, String property) {
    return Duration.ofSeconds(template.properties(resource).path(property).asLong());
  }
}
