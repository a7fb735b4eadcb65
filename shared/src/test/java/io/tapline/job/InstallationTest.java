package io.tapline.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstallationTest {

  @ParameterizedTest(name = "without {0}")
  @CsvSource({
    "TAPLINE_WORK_BUCKET, TAPLINE_QUEUE_URL, https://sqs.example/q.fifo",
    "TAPLINE_QUEUE_URL, TAPLINE_WORK_BUCKET, work",
  })
  void tellsWhichVariableIsMissing(String missing, String name, String value) {
    assertThatIllegalStateException()
        .isThrownBy(() -> Installation.of(Map.of(name, value)))
        .withMessage("the environment variable %s is not set", missing);
    assertThatIllegalStateException()
        .isThrownBy(() -> Installation.of(Map.of(name, value, missing, " ")))
        .withMessage("the environment variable %s is not set", missing);
  }

  @Test
  void knowsTheBucketOfTheExports() {
    assertThat(Installation.exportBucket(Map.of(Installation.EXPORT_BUCKET, "exports")))
        .isEqualTo("exports");
    assertThatIllegalStateException()
        .isThrownBy(() -> Installation.exportBucket(Map.of()))
        .withMessage("the environment variable TAPLINE_EXPORT_BUCKET is not set");
  }

  @Test
  void isMadeOfWhatTheEnvironmentNames() {
    Installation installation =
        Installation.of(
            Map.of(
                Installation.WORK_BUCKET, "work",
                Installation.QUEUE_URL, "https://sqs.example/q.fifo"));

    assertThat(installation).hasNoNullFieldsOrProperties();
  }
}
