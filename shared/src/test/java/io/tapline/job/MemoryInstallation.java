package io.tapline.job;

import io.tapline.aws.MemoryObjectStore;
import io.tapline.aws.MemoryQueue;
import io.tapline.aws.MessageQueue;
import io.tapline.aws.SetClock;
import io.tapline.clevertap.CleverTapApi;
import io.tapline.ledger.Ledger;
import io.tapline.sync.Connection;
import io.tapline.sync.ConnectionSource;
import java.net.URI;

/** The parts of an installation in memory, for tests of what is built on one. */
public final class MemoryInstallation {

  /** Its work bucket. */
  public static final String WORK_BUCKET = "tapline-work";

  private final SetClock clock = new SetClock();
  private final MemoryObjectStore store = new MemoryObjectStore(clock);
  private final MemoryQueue queue = new MemoryQueue(clock);
  private final Ledger ledger = new Ledger(store, WORK_BUCKET);

  /** An installation of these parts that reaches CleverTap by {@code cleverTap}. */
  public Installation with(CleverTapApi cleverTap) {
    return with(cleverTap, queue);
  }

  /** An installation of these parts, but with another queue. */
  public Installation with(CleverTapApi cleverTap, MessageQueue otherQueue) {
    return new Installation(store, ledger, otherQueue, new AnyConnection(), cleverTap, clock);
  }

  /** The clock of all parts. */
  public SetClock clock() {
    return clock;
  }

  /** Its S3. */
  public MemoryObjectStore store() {
    return store;
  }

  /** Its queue of chunks. */
  public MemoryQueue queue() {
    return queue;
  }

  /** Its ledger. */
  public Ledger ledger() {
    return ledger;
  }

  /** Has a connection of every name. */
  private static final class AnyConnection implements ConnectionSource {

    @Override
    public Connection get(String name) {
      return new Connection(name, "ACCOUNT", "PASSCODE", URI.create("http://127.0.0.1:1"));
    }

    @Override
    public Connection refresh(String name) {
      return get(name);
    }
  }
}
