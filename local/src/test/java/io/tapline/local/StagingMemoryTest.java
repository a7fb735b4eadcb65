package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapline.aws.Clock;
import io.tapline.aws.MessageQueue;
import io.tapline.aws.TimeBudget;
import io.tapline.clevertap.CleverTapApi;
import io.tapline.job.Installation;
import io.tapline.job.Staging;
import io.tapline.ledger.Job;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.Mark;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The splitter's memory does not grow with the export. */
class StagingMemoryTest {

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0} rows")
  @ValueSource(longs = {100_000, 1_000_000})
  void stagesInAFixedHeap(long rows) throws Exception {
    try (ChildCommand staging =
        ChildCommand.java(
            folder,
            Map.of(),
            List.of("-Xmx96m"),
            StagingMemoryTest.class.getName(),
            Long.toString(rows))) {
      assertThat(staging.exitCode()).as(staging.output()).isZero();
      assertThat(staging.output()).contains("rows " + rows + ",");
    }
  }

  /** Stages as many rows as its argument says and prints what that took. */
  public static void main(String[] args) throws Exception {
    GeneratedExport store = new GeneratedExport(Long.parseLong(args[0]));
    Clock clock = Clock.system();
    CleverTapApi noCalls =
        (connection, path, json, timeout) -> {
          throw new UnsupportedOperationException();
        };
    Installation installation =
        new Installation(store, new Ledger(store, "work"), new NoQueue(), null, noCalls, clock);
    Job job =
        new Job(
            "20261124T120000Z-0000000000000000",
            "memory",
            store.version(),
            new ObjectMapper()
                .readTree(
                    """
                    {"connection": "none", "prefix": "generated/", "target": "USER_PROFILES",
                     "operation": "UPLOAD_USER_PROFILES", "threadCount": 10}
                    """),
            10,
            clock.instant());
    long start = System.nanoTime();
    Mark staged = new Staging(installation).stage(job, TimeBudget.unlimited(clock)).orElseThrow();
    long peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum();
    System.out.printf(
        "rows %d, chunks %d, chunk MB %d, peak heap MB %d, ms %d%n",
        staged.rows(),
        staged.totalChunks(),
        store.chunkBytes() >> 20,
        peak >> 20,
        Duration.ofNanos(System.nanoTime() - start).toMillis());
    if (staged.decided() == null) {
      throw new IllegalStateException("staging was stopped");
    }
  }

  /** Staging sends nothing. */
  private static final class NoQueue implements MessageQueue {

    @Override
    public List<Message> send(List<Message> batch) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void changeVisibility(String receiptHandle, Duration timeout) {
      throw new UnsupportedOperationException();
    }
  }
}
