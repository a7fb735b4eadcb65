package io.tapline.report;

import io.tapline.chunk.ChunkId;
import io.tapline.ledger.ChunkHistory;
import io.tapline.ledger.OpenRows;
import io.tapline.ledger.OpenRows.State;
import io.tapline.ledger.Outcome;
import io.tapline.ledger.Redrive;
import io.tapline.ledger.RowCounts;
import io.tapline.record.Rejection;
import io.tapline.report.Report.Point;
import io.tapline.report.Report.Reason;
import io.tapline.report.Report.Warning;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the outcomes of a job: those of one run after those of the run before, within a run in
 * whatever order they come. Its size depends on the chunks, the kinds of reasons and the rows that
 * are left open, not on the rows that are decided.
 */
final class OutcomeTally {

  private static final int FIRST_ROWS = 10;

  private final boolean events;
  private final Map<ChunkId, ChunkHistory> histories = new HashMap<>();
  private long read;
  private long accepted;
  private long rejected;
  private long refused;
  private long sentAgain;
  private long calls;
  private long retries;
  private long throttled;
  private long ready;
  private int readyChunks;
  private final Map<ReasonKey, Rows> reasons = new HashMap<>();
  private final Timeline timeline = new Timeline();
  private final Set<ChunkId> withRejections = new HashSet<>();

  /**
   * Nothing added yet.
   *
   * @param events whether the rows are events
   */
  OutcomeTally(boolean events) {
    this.events = events;
  }

  /**
   * Adds an outcome.
   *
   * @param redrive what its run was asked to do; null for the first run
   */
  void add(Outcome outcome, @Nullable Redrive redrive) {
    ChunkId chunk = new ChunkId(outcome.lane(), outcome.number());
    ChunkHistory history = histories.computeIfAbsent(chunk, c -> new ChunkHistory(events));
    if (!history.isTakenUp()) {
      read += outcome.rows().read();
    }
    history.add(outcome, redrive);
    accepted += outcome.rows().accepted();
    rejected += outcome.rows().rejected();
    refused += outcome.rows().refused();
    sentAgain += outcome.sentAgainAfterUnknown();
    calls += outcome.calls();
    retries += outcome.retries();
    throttled += outcome.throttled();
    if (outcome.part() != null) {
      ready += outcome.ready();
      readyChunks++;
    }
    if (!outcome.rejections().isEmpty()) {
      withRejections.add(chunk);
    }
    outcome.rejections().forEach(this::add);
    timeline.add(outcome);
  }

  /** Adds a row that was found to be invalid before anything was sent. */
  void add(Rejection rejection) {
    reasons
        .computeIfAbsent(ReasonKey.of(rejection), key -> new Rows())
        .add(rejection.row(), rejection.reason());
  }

  /** What became of the rows of all chunks that have an outcome. */
  RowCounts rows() {
    return new RowCounts(
        read,
        accepted,
        rejected,
        refused,
        count(State.FAILED),
        count(State.UNKNOWN),
        count(State.NOT_SENT));
  }

  private long count(State state) {
    return open().filter(group -> group.state() == state).mapToLong(g -> g.rows().size()).sum();
  }

  private Stream<OpenRows> open() {
    return histories.values().stream().flatMap(history -> history.open().stream());
  }

  /** Chunks that have an outcome. */
  int chunks() {
    return histories.size();
  }

  long sentAgain() {
    return sentAgain;
  }

  Report.Calls calls() {
    return new Report.Calls(calls, retries, throttled);
  }

  /** Chunks with rows that are still failed. */
  int failedChunks() {
    return (int)
        histories.values().stream()
            .filter(history -> history.open().stream().anyMatch(g -> g.state() == State.FAILED))
            .count();
  }

  /** Rows of a custom list that are ready. */
  long ready() {
    return ready;
  }

  /** The chunks that have such rows. */
  int readyChunks() {
    return readyChunks;
  }

  /** The chunks that have rejected or refused rows. */
  Set<ChunkId> withRejections() {
    return withRejections;
  }

  /** Why rows were not delivered, the most frequent reason first. */
  List<Reason> reasons(Examples examples) {
    return reasons.entrySet().stream()
        .map(
            e ->
                new Reason(
                    e.getKey().by().name().toLowerCase(Locale.ROOT),
                    e.getKey().code(),
                    e.getKey().column(),
                    e.getValue().count,
                    e.getValue().firstReason(),
                    List.copyOf(e.getValue().first.keySet()),
                    examples.of(e.getKey())))
        .sorted(
            Comparator.comparingLong(Reason::count)
                .reversed()
                .thenComparing(reason -> reason.firstRows().getFirst()))
        .toList();
  }

  /** What rows were left open for. */
  List<Warning> openWarnings() {
    Map<OpenKey, Rows> groups = new HashMap<>();
    open()
        .forEach(
            group -> {
              OpenKey key = new OpenKey(group.state(), group.code());
              Rows rows = groups.computeIfAbsent(key, k -> new Rows());
              group.rows().forEach(row -> rows.add(row, group.reason()));
            });
    return groups.entrySet().stream()
        .sorted(Comparator.comparingLong(e -> e.getValue().first.firstKey()))
        .map(
            e ->
                OpenWarning.of(
                    String.format(Locale.ROOT, "%,d rows", e.getValue().count),
                    e.getKey().state,
                    e.getKey().code,
                    e.getValue().firstReason(),
                    "; the first are " + e.getValue().firstRows()))
        .toList();
  }

  List<Point> timeline() {
    return timeline.points();
  }

  private record OpenKey(State state, String code) {}

  /** A count of rows, and the first of them with their reasons. */
  private static final class Rows {

    private long count;
    private final NavigableMap<Long, String> first = new TreeMap<>();

    void add(long row, String reason) {
      count++;
      if (first.size() < FIRST_ROWS || row < first.lastKey()) {
        first.put(row, reason);
        if (first.size() > FIRST_ROWS) {
          first.pollLastEntry();
        }
      }
    }

    /** The first rows' numbers, for a person. */
    String firstRows() {
      return first.keySet().stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    String firstReason() {
      return first.firstEntry().getValue();
    }
  }
}
