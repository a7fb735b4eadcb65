package io.tapline.job;

import io.tapline.aws.MessageQueue.Message;
import io.tapline.chunk.ChunkId;
import io.tapline.chunk.ChunkMessage;
import io.tapline.ledger.Job;
import io.tapline.ledger.JobId;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.Mark;
import io.tapline.ledger.OpenRun;
import io.tapline.ledger.Redrive;
import io.tapline.ledger.Released;
import io.tapline.ledger.RunLedger;
import io.tapline.ledger.Stop;
import io.tapline.sync.SettingsException;
import io.tapline.sync.Sync;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Queues the chunks of a job, when its turn has come, in windows: SQS looks for free groups only
 * among the first messages of a queue, and one job must not hide the others.
 */
public final class Release {

  private static final int WINDOW = 10_000;
  private static final int SEND_TRIES = 8;
  private static final Duration SEND_PAUSE = Duration.ofMillis(200);

  private final Installation installation;
  private final Ledger ledger;
  private final int chunksPerWindow;

  /** Releases jobs of this installation. */
  public Release(Installation installation) {
    this(installation, WINDOW);
  }

  /**
   * Releases jobs of this installation in other windows than usual.
   *
   * @param chunksPerWindow how many chunks a window holds, at least one of each lane
   */
  public Release(Installation installation, int chunksPerWindow) {
    this.installation = installation;
    this.ledger = installation.ledger();
    this.chunksPerWindow = chunksPerWindow;
  }

  /**
   * Queues the next window of a staged job, if it is its turn and the window before is mostly
   * worked off. A window that was begun is queued whole, whatever happened since.
   *
   * @param staged the mark at which staging ended
   * @param outcomes how many chunks of this run have an outcome
   */
  public void release(Job job, Mark staged, int run, int outcomes) {
    RunLedger runLedger = ledger.job(job.sync(), job.id()).run(run);
    Optional<Released> latest = runLedger.latestReleased();
    if (latest.map(Released::last).orElse(false)) {
      return;
    }
    int window = latest.map(released -> released.window() + 1).orElse(0);
    boolean isBegun = runLedger.isReleasing(window);
    if (!isBegun) {
      boolean isDue =
          latest.isEmpty()
              ? isTurn(job, run, runLedger)
              : latest.get().chunks() - outcomes <= chunksPerWindow / 2;
      if (!isDue || runLedger.stop().isPresent()) {
        return;
      }
    }
    String owner = ownerOfLanes(job, runLedger);
    if (!isBegun) {
      if (runLedger.stop().isPresent()) {
        return; // there is no such connection
      }
      runLedger.putReleasing(window);
    }
    RunChunks chunks = RunChunks.of(runLedger, staged);
    int from = window * numbersPerWindow(job);
    int to = Math.min(from + numbersPerWindow(job), chunks.end());
    for (int number = from; number < to; number++) {
      send(messages(job, owner, run, chunks.numbered(number)));
    }
    runLedger.putReleased(
        new Released(
            window, chunks.countBelow(to), to == chunks.end(), installation.clock().instant()));
  }

  /**
   * Queues again what was queued and has no outcome: for a queue that forgets, as an embedded one
   * does when its machine stops. Harmless where the messages are still there.
   */
  public void releaseAgain(Job job, Mark staged, int run) {
    RunLedger runLedger = ledger.job(job.sync(), job.id()).run(run);
    int windows = runLedger.latestReleased().map(latest -> latest.window() + 1).orElse(0);
    RunChunks chunks = RunChunks.of(runLedger, staged);
    int to = Math.min(windows * numbersPerWindow(job), chunks.end());
    Set<ChunkId> done = Set.copyOf(runLedger.outcomes());
    String owner = ownerOfLanes(job, runLedger);
    for (int number = 0; number < to; number++) {
      List<ChunkId> open =
          chunks.numbered(number).stream().filter(chunk -> !done.contains(chunk)).toList();
      if (!open.isEmpty()) {
        send(messages(job, owner, run, open));
      }
    }
  }

  /**
   * Whose lanes the chunks are in. CleverTap takes few demerges of an account at once, so all syncs
   * of the account share them.
   */
  private String ownerOfLanes(Job job, RunLedger runLedger) {
    Sync sync = job.toSync();
    if (!sync.kind().isLimitedByAccount()) {
      return job.sync();
    }
    try {
      String account = installation.connections().get(sync.connection()).accountId();
      return sync.kind() + "/" + account;
    } catch (SettingsException e) {
      runLedger.putStop(new Stop(Stop.CONNECTION_UNUSABLE, String.valueOf(e.getMessage()), null));
      return job.sync(); // of a window that was begun: its chunks must get their outcomes
    }
  }

  /** How far a window takes each lane. */
  private int numbersPerWindow(Job job) {
    return Math.max(1, chunksPerWindow / job.lanes());
  }

  /** Whether a job may begin now; one whose turn is over is stopped. */
  private boolean isTurn(Job job, int run, RunLedger runLedger) {
    if (mustWait(job)) {
      return false;
    }
    if (!job.toSync().isEvents() && !maySendStale(job, run) && ledger.isOvertaken(job)) {
      runLedger.putStop(
          new Stop(
              Stop.STALE,
              "a newer export of sync "
                  + job.sync()
                  + " was pushed before this one's turn came;"
                  + " sending this one now would overwrite newer values",
              null));
      return false;
    }
    return true;
  }

  /** Whether someone wants its values, also over newer ones. */
  private boolean maySendStale(Job job, int run) {
    return JobId.isRepeat(job.id(), job.export())
        || ledger.job(job.sync(), job.id()).redrive(run).filter(Redrive::stale).isPresent();
  }

  /**
   * Whether an older job of the sync must go first: its rows would overwrite newer ones. Where it
   * has another number of lanes, a user may be in another lane there, so it must be over.
   */
  private boolean mustWait(Job job) {
    for (OpenRun other : ledger.openRuns(job)) {
      if (JobId.ORDER.compare(other.job(), job.id()) >= 0) {
        continue;
      }
      Optional<Job> older = ledger.job(other.sync(), other.job()).job();
      if (older.isEmpty()) {
        return true; // it is being opened right now
      }
      RunLedger olderRun = ledger.job(other.sync(), other.job()).run(other.run());
      boolean queued =
          olderRun.latestReleased().map(Released::last).orElse(false)
              || olderRun.stop().isPresent();
      boolean goesFirst = !queued || older.get().lanes() != job.lanes();
      // A marker may stay a while behind a run that is closed, until all are told of it.
      if (goesFirst && olderRun.closed().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static List<Message> messages(Job job, String owner, int run, List<ChunkId> chunks) {
    return chunks.stream().map(chunk -> message(job, owner, run, chunk)).toList();
  }

  private static Message message(Job job, String owner, int run, ChunkId chunk) {
    ChunkMessage message = ChunkMessage.of(job.sync(), job.id(), run, chunk);
    return new Message(message.toJson(), message.group(owner), message.deduplicationId());
  }

  private void send(List<Message> messages) {
    List<Message> left = messages;
    for (int attempt = 1; !left.isEmpty(); attempt++) {
      left = installation.queue().send(left);
      if (!left.isEmpty()) {
        if (attempt == SEND_TRIES) {
          throw new IllegalStateException(
              "the queue did not take "
                  + left.size()
                  + " of "
                  + messages.size()
                  + " messages in "
                  + SEND_TRIES
                  + " tries");
        }
        installation.clock().sleep(SEND_PAUSE.multipliedBy(attempt));
      }
    }
  }
}
