package io.tapline.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A few runs on the S3 and SQS that the command line embeds. */
class EmbeddedChaosTest {

  @TempDir private static Path directory;

  private static EmbeddedPair pair;

  @BeforeAll
  static void start() throws Exception {
    pair = EmbeddedPair.start(directory);
  }

  @AfterAll
  static void stop() {
    pair.close();
  }

  @ParameterizedTest
  @CsvSource({
    "UNKNOWN_OUTCOMES, EVENTS_RESENT",
    "QUEUE,            EVENTS_RESENT",
    "KILLED,           PROFILES",
  })
  void keepsWhatIsPromised(Kind kind, Target target) {
    Findings findings = ChaosRun.of(1, kind, target, kind.plan()).playOn(pair::backing);

    assertThat(findings.problems()).isEmpty();
    assertThat(findings.rows()).isPositive();
  }
}
