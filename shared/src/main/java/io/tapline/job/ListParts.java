package io.tapline.job;

import io.tapline.chunk.ChunkId;
import io.tapline.clevertap.ListFile;
import io.tapline.ledger.JobLedger;
import io.tapline.ledger.Mark;
import io.tapline.ledger.OpenRows.State;
import io.tapline.ledger.Outcome;
import io.tapline.ledger.Part;
import io.tapline.ledger.SegmentEnd;
import io.tapline.ledger.Stop;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The parts of a custom list as they are after a run: of each chunk the latest one, since a later
 * run takes up what earlier ones left open. Immutable.
 *
 * @param parts in the order of the list: by lane, then by number
 * @param open how many rows are in no part although nobody rejected them
 */
record ListParts(List<Located> parts, long open) {

  /** CleverTap's limit; where it says 5 GB it may mean a little more. */
  static final long MAX_BYTES = 5_000_000_000L;

  private static final Comparator<ChunkId> ORDER =
      Comparator.comparingInt(ChunkId::lane).thenComparingInt(ChunkId::number);

  /**
   * A part and where it is.
   *
   * @param run the run that wrote it
   */
  record Located(int run, ChunkId chunk, Part part) {}

  /**
   * Reads the parts of a job.
   *
   * @param run the last run that counts
   * @param staged the mark at which staging ended
   */
  static ListParts of(JobLedger ledger, int run, Mark staged) {
    Map<ChunkId, Located> parts = new TreeMap<>(ORDER);
    Map<ChunkId, Long> open = new TreeMap<>(ORDER);
    long[] read = new long[1];
    ledger.readOutcomes(
        run,
        (at, redrive, outcome) -> {
          ChunkId chunk = new ChunkId(outcome.lane(), outcome.number());
          if (outcome.part() != null) {
            parts.put(chunk, new Located(at, chunk, outcome.part()));
          }
          if (open.put(chunk, openRows(outcome)) == null) {
            read[0] += outcome.rows().read();
          }
        });
    long inNoOutcome = staged.rows() - read[0];
    long left = open.values().stream().mapToLong(Long::longValue).sum();
    return new ListParts(List.copyOf(parts.values()), left + inNoOutcome);
  }

  /** How large the list is: its header line and all parts. */
  long size() {
    return PartsStream.HEADER_BYTES
        + parts.stream().mapToLong(located -> located.part().bytes()).sum();
  }

  /** Why no segment can be made of them, called {@code name}; empty when one can. */
  Optional<SegmentEnd> obstacle(String name) {
    if (open > 0) {
      return Optional.of(
          SegmentEnd.left(
              State.FAILED,
              "LIST_INCOMPLETE",
              "a list is uploaded whole or not at all, and %d of its rows are left open"
                  .formatted(open)));
    }
    if (parts.isEmpty()) {
      return stopped(
          "EMPTY_LIST",
          "the list has no good row; if there is a segment \"%s\", it was left as it is"
              .formatted(name));
    }
    if (size() > MAX_BYTES) {
      return stopped(
          "LIST_TOO_LARGE",
          String.format(
              Locale.ROOT,
              "the list has %,d bytes; CleverTap takes at most %,d",
              size(),
              MAX_BYTES));
    }
    return Optional.empty();
  }

  /** The list as a file. Reading it throws {@link IllegalStateException} when a part is amiss. */
  ListFile file(JobLedger ledger) {
    return new ListFile() {
      @Override
      public long size() {
        return ListParts.this.size();
      }

      @Override
      public InputStream open() {
        return new PartsStream(ledger, parts);
      }
    };
  }

  private static Optional<SegmentEnd> stopped(String code, String message) {
    return Optional.of(SegmentEnd.stopped(State.NOT_SENT, new Stop(code, message, null)));
  }

  private static long openRows(Outcome outcome) {
    return outcome.rows().failed() + outcome.rows().unknown() + outcome.rows().notSent();
  }
}
