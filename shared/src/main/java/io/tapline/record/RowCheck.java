package io.tapline.record;

import io.tapline.export.Row;
import io.tapline.sync.ColumnType;
import io.tapline.sync.Sync;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks rows before the types of their columns are decided. What is wrong whatever the types will
 * be is told at once; what hangs on a type is noted, and {@link #rejectionsIf} tells what came
 * true. The two together are the rows that a {@link RecordMapper} rejects. Not thread-safe.
 */
public final class RowCheck {

  /** So many rows of one reason are kept by their numbers: all that a stopped job lists. */
  public static final int MAX_ROWS = 10_000;

  /** Bounds the notes; columns full of doubtful values have a few combinations, not hundreds. */
  private static final int MAX_NOTES = 1000;

  /**
   * Bounds the numbers in all notes, and so a mark, to a megabyte. Beyond it a note keeps its first
   * rows only: doubts that come to nothing may be many, and must not hide those that come true.
   */
  private static final int MAX_NUMBERS = 100_000;

  private static final int FIRST_ROWS = 10;

  private final Columns columns;
  private final RowEncoder encoder;
  private final List<Doubt> doubts;
  private final Map<List<Doubt>, RowNumbers> notes = new LinkedHashMap<>();
  private int numbers;

  private RowCheck(Columns columns, RowEncoder encoder, List<Doubt> doubts) {
    this.columns = columns;
    this.encoder = encoder;
    this.doubts = doubts;
  }

  /**
   * A check that has seen no row.
   *
   * @param exportLastModified the time of events that bring none
   */
  public static RowCheck of(Sync sync, Columns columns, Instant exportLastModified) {
    ValueWriters writers = new ValueWriters(sync.arrayPropertyOperation());
    List<Doubt> doubts = new ArrayList<>();
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < columns.all().size(); i++) {
      Column column = columns.all().get(i);
      ColumnType fixed = column.fixedType();
      fields.add(
          Field.of(
              column,
              fixed == null
                  ? new UndecidedValue(i, columns.kind().hasLists(), doubts)
                  : writers.of(column, fixed)));
    }
    return new RowCheck(columns, new RowEncoder(sync, columns, fields, exportLastModified), doubts);
  }

  /** A check that goes on from a state of the same sync and columns. */
  public static RowCheck resume(
      Sync sync, Columns columns, Instant exportLastModified, State state) {
    RowCheck check = of(sync, columns, exportLastModified);
    for (Note note : state.notes) {
      check.notes.put(note.doubts, new RowNumbers(note.count, note.firstRows));
      check.numbers += note.firstRows.size();
    }
    return check;
  }

  /** What is wrong with the row whatever types the columns will have; empty: nothing. */
  public Optional<Rejection> check(Row row) {
    doubts.clear();
    if (encoder.encode(row) instanceof Fault fault) {
      return Optional.of(fault.ofRow(row.number()));
    }
    if (!doubts.isEmpty()) {
      note(row.number());
    }
    return Optional.empty();
  }

  private void note(long row) {
    List<Doubt> key = List.copyOf(doubts);
    if (notes.size() >= MAX_NOTES && !notes.containsKey(key)) {
      key = List.of(doubts.getFirst());
    }
    RowNumbers rows = notes.computeIfAbsent(key, k -> new RowNumbers());
    if (rows.add(row, numbers < MAX_NUMBERS ? MAX_ROWS : FIRST_ROWS)) {
      numbers++;
    }
  }

  /** The notes so far; they do not change with rows checked later. */
  public State state() {
    List<Note> state = new ArrayList<>();
    notes.forEach((key, rows) -> state.add(new Note(key, rows.count(), rows.first())));
    return new State(state);
  }

  /**
   * The rows noted so far that are invalid under these types; a row is counted once, under its
   * first column at fault.
   *
   * @param types what {@link TypeTally#decide} gave after the last row
   */
  public List<InvalidRows> rejectionsIf(ColumnTypes types) {
    Map<Doubt, RowNumbers> invalid = new LinkedHashMap<>();
    notes.forEach(
        (key, rows) -> {
          Doubt fault = firstTrue(key, types);
          if (fault != null) {
            invalid.computeIfAbsent(fault, f -> new RowNumbers()).addAll(rows);
          }
        });
    List<InvalidRows> result = new ArrayList<>();
    invalid.forEach((fault, rows) -> result.add(invalidRows(fault, rows)));
    return result;
  }

  private static @Nullable Doubt firstTrue(List<Doubt> doubts, ColumnTypes types) {
    for (Doubt doubt : doubts) {
      if (types.type(doubt.column).filter(doubt.ifType::equals).isPresent()) {
        return doubt;
      }
    }
    return null;
  }

  private InvalidRows invalidRows(Doubt doubt, RowNumbers rows) {
    Column column = columns.all().get(doubt.column);
    Fault fault =
        doubt.ifType == ColumnType.LIST ? Fault.badList(column, doubt.code) : Fault.tooLong(column);
    return new InvalidRows(
        fault.code(), column.name(), fault.reason(), rows.count(), rows.first(MAX_ROWS));
  }

  /**
   * Rows that turned out invalid for one reason.
   *
   * @param column the export's own name
   * @param reason as in the rejections that a {@link RecordMapper} gives
   * @param firstRows the numbers of the first of them, in order, at most {@link #MAX_ROWS}
   */
  public record InvalidRows(
      String code, String column, String reason, long count, List<Long> firstRows) {}

  /**
   * What a check holds, for a mark. Jackson reads and writes it as it stands.
   *
   * @param notes in the order in which they first came up
   */
  public record State(List<Note> notes) {

    public State {
      notes = List.copyOf(notes);
    }
  }

  /**
   * Rows that share their doubts.
   *
   * @param doubts at least one, in the order in which a mapper would meet them
   * @param firstRows the numbers of the first of them, in order, at most {@link #MAX_ROWS}; where
   *     the notes hold a hundred thousand, at most ten of what is noted later
   */
  public record Note(List<Doubt> doubts, long count, List<Long> firstRows) {

    public Note {
      doubts = List.copyOf(doubts);
      firstRows = List.copyOf(firstRows);
    }
  }

  /**
   * A value that is invalid if its column ends as this type.
   *
   * @param column the index in the header
   * @param code of the rejection that it would be
   */
  public record Doubt(int column, ColumnType ifType, String code) {}
}
