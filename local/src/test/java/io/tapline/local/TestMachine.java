package io.tapline.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapline.aws.ObjectStore;
import io.tapline.job.Installation;
import io.tapline.ledger.Outcome;
import io.tapline.local.progress.Progress;
import io.tapline.local.standin.Faults;
import io.tapline.local.standin.Segment;
import io.tapline.local.standin.StandIn;
import io.tapline.local.standin.StandInOptions;
import io.tapline.local.standin.StandInStats;
import io.tapline.report.Report;
import io.tapline.sync.Connection;
import io.tapline.sync.ConnectionSource;
import io.tapline.sync.Sync;
import io.tapline.sync.SyncLoader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * One machine for the tests of a class, since it takes seconds to start, and a new stand-in for
 * each test.
 */
final class TestMachine implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(20);

  private final OneMachine machine;
  private final List<String> log = Collections.synchronizedList(new ArrayList<>());
  private final List<JsonNode> received = Collections.synchronizedList(new ArrayList<>());
  private volatile StandIn standIn;

  TestMachine(Path work) {
    this.machine = OneMachine.start(work, Map.of(), new CurrentStandIn(), log::add);
  }

  /** One that finds an S3 and an SQS by this environment. */
  TestMachine(Path work, Map<String, String> environment) {
    this.machine = OneMachine.start(work, environment, new CurrentStandIn(), log::add);
  }

  /** One whose connections lead elsewhere. */
  TestMachine(Path work, ConnectionSource connections) {
    this.machine = OneMachine.start(work, Map.of(), connections, log::add);
  }

  /** Puts a new stand-in with these faults in the place of the one before. */
  void cleverTap(String faults) {
    cleverTap(faults, options -> options);
  }

  void cleverTap(String faults, UnaryOperator<StandInOptions.Builder> options) {
    closeStandIn();
    received.clear();
    log.clear();
    standIn =
        StandIn.start(
            options
                .apply(StandInOptions.builder())
                .faults(Faults.parse(faults))
                .recorder((kind, record) -> received.add(record))
                .build());
  }

  OneMachine machine() {
    return machine;
  }

  Installation installation() {
    return machine.installation();
  }

  StandInStats stats() {
    return standIn.stats();
  }

  /** What the stand-in accepted, in the order in which it did. */
  List<JsonNode> received() {
    synchronized (received) {
      return List.copyOf(received);
    }
  }

  /** The segments that the stand-in completed. */
  List<Segment> segments() {
    return standIn.segments();
  }

  /** What the functions logged since the stand-in was started. */
  List<String> log() {
    synchronized (log) {
      return List.copyOf(log);
    }
  }

  /** Pushes a file as the command line does, and gives the report that it wrote. */
  Report push(Path export, String name, String settings) {
    Path out = export.resolveSibling(export.getFileName() + ".out");
    byte[] json = settings.getBytes(StandardCharsets.UTF_8);
    Sync sync = SyncLoader.load(name, json, name);
    OtherSecond.await(export.resolveSibling(name));
    try (Progress progress = new Progress(new PrintWriter(Writer.nullWriter()), null)) {
      new PushRun(machine, progress, () -> false)
          .push(new ExportFile(export), sync, json, false, out);
      return Report.parse(Files.readAllBytes(out.resolve("report.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      OtherSecond.pushed(export.resolveSibling(name));
    }
  }

  /** Gives the installation a sync beside those that it has. */
  void putSync(String name, String settings) {
    installation().ledger().putSyncFile(name, settings.getBytes(StandardCharsets.UTF_8));
  }

  /** Puts an export and tells the splitter of it, as S3 does. */
  void arrive(String key, String export) {
    ObjectStore store = installation().store();
    store.put(machine.exportBucket(), key, export.getBytes(StandardCharsets.UTF_8));
    String etag = store.head(machine.exportBucket(), key, null).orElseThrow().etag();
    machine.split(SplitterEvents.objectCreated(machine.exportBucket(), key, etag));
  }

  /** Lets workers and finalizer work until no run is open. */
  void workUntilAllIsOver() {
    machine.startWorkers();
    while (!installation().ledger().openRuns().isEmpty()) {
      if (machine.isIdle()) {
        machine.finish();
      }
      installation().clock().sleep(POLL);
    }
  }

  /** What became of the chunks of a job's first run. */
  List<Outcome> outcomes(Report report) {
    List<Outcome> outcomes = new ArrayList<>();
    installation().ledger().job(report.sync(), report.job()).run(1).readOutcomes(outcomes::add);
    return outcomes;
  }

  private void closeStandIn() {
    if (standIn != null) {
      standIn.close();
    }
  }

  /** Takes the stand-in away, which completes its request log. */
  void closeCleverTap() {
    closeStandIn();
    standIn = null;
  }

  @Override
  public void close() {
    machine.close();
    closeStandIn();
  }

  /** Leads every connection to the stand-in of the moment. */
  private final class CurrentStandIn implements ConnectionSource {

    @Override
    public Connection get(String name) {
      return new StandInConnections(standIn).get(name);
    }

    @Override
    public Connection refresh(String name) {
      return get(name);
    }
  }
}
