package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.tapline.aws.Clock;
import io.tapline.aws.SqsDeadLetters;
import io.tapline.aws.SqsMessageQueue;
import io.tapline.aws.TimeBudget;
import io.tapline.finalizer.FinalizerHandler;
import io.tapline.job.Arrival;
import io.tapline.job.Installation;
import io.tapline.job.MemoryInstallation;
import io.tapline.job.Opened;
import io.tapline.job.Opening;
import io.tapline.job.Staging;
import io.tapline.ledger.Job;
import io.tapline.ledger.RowCounts;
import io.tapline.report.Report;
import io.tapline.report.Report.Status;
import io.tapline.report.Report.Warning;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A message that no worker comes to an end with, from the queue to the report. */
class DeadLettersTest {

  private static final int MAX_RECEIVES = 3;

  private final MemoryInstallation parts = new MemoryInstallation();

  @Test
  void aJobWhoseWorkersAlwaysDieIsClosed() {
    try (EmbeddedSqs server = EmbeddedSqs.start();
        SqsClient sqs = TestQueue.client(server)) {
      Queues queues = Queues.open(sqs, "chunks", Duration.ZERO, MAX_RECEIVES);
      Installation installation =
          parts.with(
              (connection, path, json, timeout) -> {
                throw new AssertionError("nobody comes to a call");
              },
              new SqsMessageQueue(sqs, queues.url()));
      FinalizerHandler finalizer =
          new FinalizerHandler(
              "test",
              installation,
              new SqsDeadLetters(sqs, queues.deadLetterUrl()),
              (type, detail) -> {});
      Job job = stage(installation);
      finish(finalizer);
      TestQueue.send(sqs, queues.deadLetterUrl(), "somebody", "ada@example.org");

      letWorkersDie(sqs, queues);
      finish(finalizer);

      Report report =
          parts
              .ledger()
              .job(job.sync(), job.id())
              .report("report.json")
              .map(Report::parse)
              .orElseThrow();
      assertThat(report.status()).isEqualTo(Status.FAILED);
      assertThat(report.rows()).isEqualTo(new RowCounts(4, 0, 1, 0, 3, 0, 0));
      assertThat(report.warnings()).extracting(Warning::code).containsExactly("ROWS_FAILED");
      assertThat(report.warnings().getFirst().message()).contains("DEAD_LETTER");
      assertThat(parts.ledger().openRuns()).isEmpty();
    }
  }

  private Job stage(Installation installation) {
    String settings =
        """
        {"connection": "prod", "prefix": "dead/", "target": "USER_PROFILES",
         "operation": "UPLOAD_USER_PROFILES", "skipOnInvalidRecord": true}
        """;
    String export = "identity,name\na,A\nb,B\nnone,C\nd,D\n";
    parts.ledger().putSyncFile("dead", settings.getBytes(StandardCharsets.UTF_8));
    parts.store().put("exports", "dead/1.csv", export.getBytes(StandardCharsets.UTF_8));
    Arrival arrival = new Arrival("exports", "dead/1.csv", null, null);
    Job job = ((Opened.Open) new Opening(installation).open(arrival)).job();
    new Staging(installation).stage(job, TimeBudget.unlimited(installation.clock()));
    return job;
  }

  private static void letWorkersDie(SqsClient sqs, Queues queues) {
    LocalFunction<SQSEvent, SQSBatchResponse> worker =
        new LocalFunction<>(
            "worker",
            (event, context) -> {
              throw new IllegalStateException("out of memory");
            },
            Duration.ofMinutes(2),
            Clock.system(),
            line -> {});
    try (EventSourceMapping mapping = EventSourceMapping.start(sqs, queues.url(), worker, 2)) {
      while (!mapping.idle()) {
        Clock.system().sleep(Duration.ofMillis(50));
      }
    }
  }

  private static void finish(FinalizerHandler finalizer) {
    finalizer.handleRequest(
        Map.of(),
        LocalContext.begin("finalizer", Duration.ofMinutes(15), Clock.system(), line -> {}));
  }
}
