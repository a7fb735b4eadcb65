package io.tapline.ledger;

import io.tapline.chunk.ChunkId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** The objects of one run: {@code jobs/<sync>/<job>/runs/<run>/}. Thread-safe. */
public final class RunLedger {

  /** Enough to hide the latency of a read, few enough for a small function. */
  private static final int READ_AT_ONCE = 32;

  private final Documents documents;
  private final String folder;

  RunLedger(Documents documents, String folder) {
    this.documents = documents;
    this.folder = folder;
  }

  /**
   * Notes that a window of chunks is about to be queued. From then on some of them may be, so all
   * have to be, even if the run is stopped in between: only so does each get its outcome.
   */
  public void putReleasing(int window) {
    documents.put(releasingKey(window), new byte[0]);
  }

  /** Whether the queueing of a window was begun. */
  public boolean isReleasing(int window) {
    return documents.exists(releasingKey(window));
  }

  /** Notes that a window of chunks is queued. */
  public void putReleased(Released released) {
    documents.putOnce(folder + "released/" + released.window(), released);
  }

  /** The latest window that is queued; empty when none is. */
  public Optional<Released> latestReleased() {
    return documents.names(folder + "released/").stream()
        .map(Integer::valueOf)
        .max(Comparator.naturalOrder())
        .flatMap(window -> documents.get(folder + "released/" + window, Released.class));
  }

  /** Notes which chunks the run takes up; the first choice stays. */
  public void putSelection(Selection selection) {
    documents.putOnce(selectionKey(), selection);
  }

  /** Which chunks the run takes up; empty where it takes up all, or was not asked yet. */
  public Optional<Selection> selection() {
    return documents.get(selectionKey(), Selection.class);
  }

  /** Stops the run: what is not sent yet will not be. The first reason stays. */
  public void putStop(Stop stop) {
    documents.putOnce(folder + "stopped.json", stop);
  }

  /** Why the run was stopped; empty when it was not. */
  public Optional<Stop> stop() {
    return documents.get(folder + "stopped.json", Stop.class);
  }

  /** Writes what became of a chunk; the first outcome stays. */
  public void putOutcome(Outcome outcome) {
    documents.putOnce(outcomeKey(new ChunkId(outcome.lane(), outcome.number())), outcome);
  }

  /** What became of a chunk, where it is known. */
  public Optional<Outcome> outcome(ChunkId chunk) {
    return documents.get(outcomeKey(chunk), Outcome.class);
  }

  /** The chunks of which it is known what became of them. */
  public List<ChunkId> outcomes() {
    return documents.names(folder + "outcomes/").stream()
        .map(name -> ChunkId.parse(name.substring(0, name.indexOf('.'))))
        .toList();
  }

  /** Writes the part of a custom list that a chunk became; a repeat writes the same bytes. */
  public void putPart(ChunkId chunk, byte[] csv) {
    documents.put(partKey(chunk), csv);
  }

  /**
   * Reads a part of a custom list.
   *
   * @throws IllegalStateException when it is not there
   */
  public byte[] part(ChunkId chunk) {
    return documents
        .bytes(partKey(chunk))
        .orElseThrow(() -> new IllegalStateException("no part at " + partKey(chunk)));
  }

  /** The notes on the way of a custom list to a segment. */
  public SegmentLedger segment() {
    return new SegmentLedger(documents, folder + "segment/");
  }

  /**
   * Reads all outcomes, many at once, and hands them over one at a time, in no order.
   *
   * @return how many there are
   */
  public int readOutcomes(Consumer<Outcome> consumer) {
    List<ChunkId> chunks = outcomes();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int from = 0; from < chunks.size(); from += READ_AT_ONCE) {
        List<Future<Outcome>> reads =
            chunks.subList(from, Math.min(from + READ_AT_ONCE, chunks.size())).stream()
                .map(chunk -> executor.submit(() -> outcome(chunk).orElseThrow()))
                .toList();
        for (Future<Outcome> read : reads) {
          consumer.accept(read.get());
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("an outcome could not be read", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while outcomes were read", e);
    }
    return chunks.size();
  }

  /** The notes of the calls for a chunk. */
  public CallLedger calls(ChunkId chunk) {
    return new CallLedger(documents, folder + "calls/" + chunk + "-");
  }

  /**
   * Notes that CleverTap found nothing of a chunk well-formed.
   *
   * @return how many chunks of this run that is true of
   */
  public int putMalformed(ChunkId chunk) {
    documents.put(folder + "malformed/" + chunk, new byte[0]);
    return documents.names(folder + "malformed/").size();
  }

  /**
   * Closes the run; the first totals stay.
   *
   * @return false when somebody else has closed it
   */
  public boolean putClosed(Closed closed) {
    return documents.putOnce(folder + "closed.json", closed);
  }

  /** Its totals; empty while it is open. */
  public Optional<Closed> closed() {
    return documents.get(folder + "closed.json", Closed.class);
  }

  private String selectionKey() {
    return folder + "selection.json";
  }

  private String releasingKey(int window) {
    return folder + "releasing/" + window;
  }

  private String partKey(ChunkId chunk) {
    return folder + "parts/" + chunk + ".csv";
  }

  private String outcomeKey(ChunkId chunk) {
    return folder + "outcomes/" + chunk + ".json";
  }
}
