package io.tapline.finalizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import io.tapline.aws.TimeBudget;
import io.tapline.function.TestContext;
import io.tapline.job.Arrival;
import io.tapline.job.Installation;
import io.tapline.job.LogLine;
import io.tapline.job.MemoryInstallation;
import io.tapline.job.Opened;
import io.tapline.job.Opening;
import io.tapline.job.Staging;
import io.tapline.ledger.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FinalizerHandlerTest {

  private static final Path ROOT = Path.of("../..");

  private final MemoryInstallation parts = new MemoryInstallation();
  private final Installation installation =
      parts.with(
          (connection, path, json, timeout) -> {
            throw new AssertionError("no chunk is pushed here");
          });
  private final FinalizerHandler handler = new FinalizerHandler(installation);
  private final TestContext context = new TestContext(60_000);

  @Test
  void whereNoJobIsOpenNoneIsClosed() throws IOException {
    assertThat(handler.handleRequest(sampleEvent(), context))
        .isEqualTo(Map.of("closed", List.of()));
    assertThat(context.lines()).isEmpty();
  }

  @Test
  void aJobThatWasStoppedIsClosed() throws IOException {
    Job job = stageEmptyExport();

    assertThat(handler.handleRequest(sampleEvent(), context))
        .isEqualTo(Map.of("closed", List.of(job.id())));

    assertThat(context.lines())
        .containsExactly(
            LogLine.info("closed")
                .with("job", job.id())
                .with("sync", "profiles")
                .with("status", "STOPPED")
                .with("read", 0)
                .with("accepted", 0)
                .toString()
                .stripTrailing());
  }

  @Test
  void anEnvironmentWithoutAWorkBucketIsRefused() {
    assertThatIllegalStateException()
        .isThrownBy(FinalizerHandler::new)
        .withMessage("the environment variable TAPLINE_WORK_BUCKET is not set");
  }

  private Job stageEmptyExport() throws IOException {
    parts
        .ledger()
        .putSyncFile("profiles", Files.readAllBytes(ROOT.resolve("samples/profiles.json")));
    parts.store().put("exports", "exports/profiles/none.csv", new byte[0]);
    Arrival arrival = new Arrival("exports", "exports/profiles/none.csv", null, null);
    Job job = ((Opened.Open) new Opening(installation).open(arrival)).job();
    new Staging(installation).stage(job, TimeBudget.unlimited(parts.clock()));
    return job;
  }

  /** As Lambda reads what a schedule sends. */
  @SuppressWarnings("unchecked") // a JSON object is read into a map by text
  private static Map<String, Object> sampleEvent() throws IOException {
    return JacksonFactory.getInstance()
        .getSerializer(Map.class)
        .fromJson(Files.readString(ROOT.resolve("events/schedule-finalizer.json")));
  }
}
