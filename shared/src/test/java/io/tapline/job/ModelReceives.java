package io.tapline.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.aws.ForwardingStore;
import io.tapline.aws.TimeBudget;
import io.tapline.chunk.ChunkId;
import io.tapline.clevertap.CallEnd.TryLater;
import io.tapline.clevertap.CallTimes;
import io.tapline.clevertap.Caller;
import io.tapline.clevertap.CleverTapApi;
import io.tapline.clevertap.ScriptedConnections;
import io.tapline.ledger.CallLedger;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.OpenRows;
import io.tapline.sync.Sync;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/** The receives of one chunk's message, some of which die before or after an external effect. */
final class ModelReceives {

  private static final int MAX_RECEIVES = 12;

  /** The last receives live, so that there is an outcome. */
  private static final int LAST_DEATH = 8;

  private static final Duration VISIBILITY_TIMEOUT = Duration.ofMinutes(12);

  private final MemoryInstallation parts = new MemoryInstallation();
  private final Sync sync;
  private final CleverTapApi cleverTap;
  private final Random random;
  private final int maxReceives;
  private long sentAgain;
  private boolean mortal;

  /** A single receive, which lives. */
  ModelReceives(Sync sync, CleverTapApi cleverTap) {
    this(sync, cleverTap, 0, 1);
  }

  /** Several receives, which die by chance. */
  ModelReceives(Sync sync, CleverTapApi cleverTap, long seed) {
    this(sync, cleverTap, seed, MAX_RECEIVES);
  }

  private ModelReceives(Sync sync, CleverTapApi cleverTap, long seed, int maxReceives) {
    this.sync = sync;
    this.cleverTap = cleverTap;
    this.random = new Random(~seed);
    this.maxReceives = maxReceives;
  }

  /** Delivers the chunk of these users until none of its records is pending. */
  Progress deliver(String users) {
    CheckedRows rows = Chunks.rows(users);
    for (int receives = 1; ; receives++) {
      mortal = maxReceives > 1 && receives <= LAST_DEATH;
      try {
        Optional<Progress> end = receive(rows, receives);
        if (end.isPresent()) {
          sentAgain = end.get().counts().recordsSentAgain();
          assertThat(end.get().fates().counts().addUp()).isTrue();
          return end.get();
        }
        parts.clock().sleep(Duration.ofSeconds(5));
      } catch (Killed e) {
        parts.clock().sleep(VISIBILITY_TIMEOUT);
      }
    }
  }

  /** Rows sent again that an earlier call may have brought, over all receives. */
  long sentAgain() {
    return sentAgain;
  }

  private Optional<Progress> receive(CheckedRows rows, int receives) {
    CallNotes notes =
        new CallNotes(ledger(), sync.isEvents(), () -> false, parts.clock(), CallNotes.HOLD);
    Progress progress =
        receives > 1
            ? Progress.resume(rows, notes.read(), sync.unknownOutcome())
            : Progress.start(rows);
    Caller caller =
        new Caller(
            (connection, path, json, timeout) -> {
              mayDie();
              var reply = cleverTap.post(connection, path, json, timeout);
              mayDie();
              return reply;
            },
            new ScriptedConnections(),
            sync,
            parts.clock(),
            TimeBudget.unlimited(parts.clock()),
            progress.counts(),
            new CallTimes());
    Delivery delivery = new Delivery(sync, caller, progress, notes);
    Optional<TryLater> wait = delivery.deliver();
    assertThat(delivery.stop()).isEmpty();
    if (wait.isPresent()) {
      if (receives < maxReceives) {
        notes.leave(progress);
        return Optional.empty();
      }
      TryLater end = wait.get();
      progress.fates().giveUp(new Fate.Open(OpenRows.State.FAILED, end.code(), end.reason()));
    }
    notes.close();
    mayDie();
    return Optional.of(progress);
  }

  private CallLedger ledger() {
    ForwardingStore store =
        new ForwardingStore(parts.store()) {
          @Override
          public boolean putIfAbsent(String bucket, String key, byte[] content) {
            mayDie();
            boolean isPut = super.putIfAbsent(bucket, key, content);
            mayDie();
            return isPut;
          }
        };
    return new Ledger(store, MemoryInstallation.WORK_BUCKET)
        .job("vip", "job")
        .run(1)
        .calls(new ChunkId(0, 0));
  }

  private void mayDie() {
    if (mortal && random.nextInt(100) < 4) {
      throw new Killed();
    }
  }
}
