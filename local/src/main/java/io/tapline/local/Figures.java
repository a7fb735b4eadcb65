package io.tapline.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapline.aws.ObjectStore;
import io.tapline.aws.ObjectVersion;
import io.tapline.chunk.StoredRows;
import io.tapline.job.Installation;
import io.tapline.ledger.Job;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.RowCounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a push has come to, counted from what the functions read, write and call: they know nothing
 * of it. Of one job at a time. Thread-safe.
 */
final class Figures implements WatchedStore.Watcher {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** No key begins so. */
  private static final String NOTHING = "\0";

  private volatile @Nullable ObjectVersion export;
  private volatile String chunks = NOTHING;
  private volatile String outcomes = NOTHING;
  private volatile BooleanSupplier isEnded = () -> false;

  private final AtomicLong exportRead = new AtomicLong();
  private final AtomicLong staged = new AtomicLong();
  private final AtomicLong decided = new AtomicLong();
  private final AtomicLong rejected = new AtomicLong();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicLong listSize = new AtomicLong();
  private final AtomicLong listSent = new AtomicLong();
  private final Set<String> outcomesRead = ConcurrentHashMap.newKeySet();

  /** The same installation, but what its functions do is counted here. */
  Installation of(Installation installation, String workBucket) {
    ObjectStore store = new WatchedStore(installation.store(), this);
    return new Installation(
        store,
        new Ledger(store, workBucket),
        installation.queue(),
        installation.connections(),
        new WatchedApi(installation.cleverTap(), this),
        installation.clock(),
        installation.reads());
  }

  /**
   * Counts for this job's staging.
   *
   * @param folder of the job, with a slash at its end
   * @param rows how many rows were staged before
   */
  void watchStaging(Job job, String folder, long rows) {
    export = job.export();
    chunks = folder + "chunks/";
    exportRead.set(0);
    staged.set(rows);
  }

  /**
   * Counts for this run.
   *
   * @param folder of the job, with a slash at its end
   * @param before what became of rows of this run before
   */
  void watchRun(String folder, int run, RowCounts before) {
    decided.set(before.read());
    rejected.set(before.rejected() + before.refused());
    outcomes = folder + "runs/" + run + "/outcomes/";
  }

  /** From now on it is of interest which outcomes are read. */
  void watchFinalizing() {
    outcomesRead.clear();
  }

  /** Staging is broken off at the next object that it reads or writes once this says so. */
  void breakOffStaging(BooleanSupplier ended) {
    isEnded = ended;
  }

  /** Bytes of the export that were read. */
  long exportRead() {
    return exportRead.get();
  }

  /** Rows that are in a chunk. */
  long staged() {
    return staged.get();
  }

  /** Rows of the run of which it is known what became of them. */
  long decided() {
    return decided.get();
  }

  /** Those of them that were rejected by us, or refused by CleverTap. */
  long rejected() {
    return rejected.get();
  }

  /** Calls that are under way. */
  int calls() {
    return calls.get();
  }

  /** Bytes of the custom list that is sent; 0 where none is. */
  long listSize() {
    return listSize.get();
  }

  /** Bytes of it that went out. */
  long listSent() {
    return listSent.get();
  }

  /** How many outcomes of the run were read for its report. */
  int outcomesRead() {
    return outcomesRead.size();
  }

  @Override
  public void reading(ObjectVersion version, long offset) {
    if (version.equals(export)) {
      throwIfEnded();
      exportRead.accumulateAndGet(offset, Math::max);
    }
  }

  @Override
  public void putting(String key, byte[] content) {
    if (key.startsWith(chunks)) {
      throwIfEnded();
      staged.addAndGet(StoredRows.count(content));
    }
  }

  private void throwIfEnded() {
    if (isEnded.getAsBoolean()) {
      throw new EndedException();
    }
  }

  @Override
  public void putOnce(String key, byte[] content) {
    if (key.startsWith(outcomes)) {
      try {
        JsonNode rows = JSON.readTree(content).path("rows");
        decided.addAndGet(rows.path("read").asLong());
        rejected.addAndGet(rows.path("rejected").asLong() + rows.path("refused").asLong());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void getting(String key) {
    if (key.startsWith(outcomes)) {
      outcomesRead.add(key);
    }
  }

  void callBegins() {
    calls.incrementAndGet();
  }

  void callEnds() {
    calls.decrementAndGet();
  }

  void listBegins(long size) {
    listSize.set(size);
    listSent.set(0);
  }

  void listEnds() {
    listSize.set(0);
    listSent.set(0);
  }

  void listSent(long bytes) {
    listSent.addAndGet(bytes);
  }
}
