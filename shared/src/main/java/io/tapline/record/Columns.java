package io.tapline.record;

import io.tapline.record.Column.Role;
import io.tapline.sync.ColumnType;
import io.tapline.sync.RecordKind;
import io.tapline.sync.Sync;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The columns of one export. Those of CSV and TSV stand in the header and are checked once; those
 * of JSONL are found row by row, and a row that breaks a rule is a rejection. Not thread-safe.
 */
public final class Columns {

  /** How many columns an export may have; a bound on what staging must remember. */
  static final int MAX_COLUMNS = 2000;

  /** Enough to see which one was meant, or whether the delimiter is the export's. */
  private static final int MAX_LISTED = 20;

  /** An e-mail address, a phone number, an id. */
  private static final Pattern PERSONAL = Pattern.compile("@|\\d{5}");

  private final RecordKind kind;
  private final ColumnNames names;
  private final List<Column> all;
  private final boolean foundRowByRow;
  private final Map<String, NamedColumn> found = new HashMap<>();

  private Columns(RecordKind kind, ColumnNames names, List<Column> all, boolean foundRowByRow) {
    this.kind = kind;
    this.names = names;
    this.all = all;
    this.foundRowByRow = foundRowByRow;
  }

  /**
   * The columns of an export, checked.
   *
   * @param header the names in the order of the fields; empty for JSONL
   * @throws HeaderException if the header or the sync's {@code rename} and {@code columnTypes}
   *     break a rule
   */
  public static Columns of(Sync sync, List<String> header) {
    RecordKind kind = sync.kind();
    if (header.size() > MAX_COLUMNS) {
      throw new HeaderException(
          Codes.TOO_MANY_COLUMNS,
          "The export has "
              + header.size()
              + " columns; it may have "
              + MAX_COLUMNS
              + ". Leave columns out of the query, and see whether the sync's delimiter is the"
              + " export's");
    }
    boolean json = header.isEmpty();
    ColumnNames names = new ColumnNames(kind, json, sync);
    List<Column> columns = new ArrayList<>();
    List<ColumnProblem> problems = new ArrayList<>();
    for (String name : header) {
      switch (names.resolve(name)) {
        case Column column -> columns.add(column);
        case ColumnProblem problem -> problems.add(problem);
      }
    }
    if (json) {
      checkSettings(sync, names, problems);
    } else {
      findDuplicates(columns, problems);
      findMissing(kind, columns, header, problems);
      findUnknown(sync, header, problems);
    }
    if (!problems.isEmpty()) {
      throw new HeaderException(problems);
    }
    return new Columns(kind, names, List.copyOf(columns), json);
  }

  /** Without a header the settings are checked by themselves, else each row would be at fault. */
  private static void checkSettings(Sync sync, ColumnNames names, List<ColumnProblem> problems) {
    Set<String> mentioned = new TreeSet<>(sync.columnTypes().keySet());
    mentioned.addAll(sync.rename().keySet());
    for (String name : mentioned) {
      if (names.resolve(name) instanceof ColumnProblem problem) {
        problems.add(problem);
      }
    }
  }

  private static void findDuplicates(List<Column> columns, List<ColumnProblem> problems) {
    Map<String, Column> bySentName = new HashMap<>();
    for (Column column : columns) {
      Column first = column.isIgnored() ? null : bySentName.putIfAbsent(column.sentAs(), column);
      if (first != null) {
        problems.add(duplicate(first, column));
      }
    }
  }

  /** Two columns that would be one key of the record. */
  static ColumnProblem duplicate(Column first, Column second) {
    return NameRules.problem(
        Codes.DUPLICATE_COLUMN,
        second.name(),
        "is sent as "
            + second.sentAs()
            + ", as is column "
            + TextSlice.quoted(first.name())
            + "; leave one out or rename it");
  }

  private static void findMissing(
      RecordKind kind, List<Column> columns, List<String> header, List<ColumnProblem> problems) {
    Set<Role> present = EnumSet.noneOf(Role.class);
    columns.forEach(column -> present.add(column.role()));
    List<ColumnProblem> missing = new ArrayList<>();
    for (List<Role> oneOf : KindColumns.of(kind).required()) {
      if (Collections.disjoint(present, oneOf)) {
        missing.add(missing(String.join(" or ", oneOf.stream().map(Role::spelling).toList())));
      }
    }
    if (!missing.isEmpty()) {
      problems.addAll(missing);
      problems.add(found(header));
    }
  }

  private static ColumnProblem missing(String names) {
    return new ColumnProblem(
        Codes.MISSING_COLUMN,
        names,
        "The export has no column "
            + names
            + ", which is required; add it to the query, or rename another column to it");
  }

  /** Those that are there, among which a person sees what is the matter. */
  private static ColumnProblem found(List<String> header) {
    String first =
        header.stream().limit(MAX_LISTED).map(Columns::shown).collect(Collectors.joining(", "));
    int more = header.size() - MAX_LISTED;
    return new ColumnProblem(
        Codes.MISSING_COLUMN,
        header.getFirst(),
        "Its columns are "
            + first
            + (more > 0 ? " and " + more + " more" : "")
            + "; if these are values, it has no header line: set format.header to false");
  }

  /** Without a header line a row stands there: what is likely of a person is not told. */
  private static String shown(String name) {
    return PERSONAL.matcher(name).find() ? "…" : TextSlice.quoted(name);
  }

  private static void findUnknown(Sync sync, List<String> header, List<ColumnProblem> problems) {
    Set<String> present = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    present.addAll(header);
    for (String name : new TreeSet<>(sync.columnTypes().keySet())) {
      if (!present.contains(name)) {
        problems.add(unknown("columnTypes", name));
      }
    }
    for (String name : new TreeSet<>(sync.rename().keySet())) {
      if (!present.contains(name)) {
        problems.add(unknown("rename", name));
      }
    }
  }

  private static ColumnProblem unknown(String setting, String name) {
    return NameRules.problem(
        Codes.UNKNOWN_COLUMN,
        name,
        "stands in "
            + setting
            + ", but the export has no such column; correct the name or take it out");
  }

  /**
   * The same, but columns whose types would be found from the values have those that the sync has
   * learned: a value of another type makes its row invalid.
   *
   * @param learned by the name that is sent, as {@link ColumnTypes#learn} gives it
   */
  public Columns withTypes(Map<String, ColumnType> learned) {
    List<Column> typed = new ArrayList<>();
    for (Column column : all) {
      ColumnType type = column.isTypeFound() ? learned.get(column.sentAs()) : null;
      typed.add(type == null ? column : column.withType(type));
    }
    return new Columns(kind, names, List.copyOf(typed), foundRowByRow);
  }

  /** In the order of the fields; empty for JSONL. */
  public List<Column> all() {
    return all;
  }

  /** Whether the export has no header, so that each row brings its columns (JSONL). */
  public boolean areFoundRowByRow() {
    return foundRowByRow;
  }

  RecordKind kind() {
    return kind;
  }

  /** Whether a key of a JSONL row is one that is not sent. */
  boolean isIgnored(String name) {
    return named(name) instanceof Column column && column.isIgnored();
  }

  /** What a name of a JSONL row means. */
  NamedColumn named(String name) {
    NamedColumn known = found.get(name);
    if (known != null) {
      return known;
    }
    NamedColumn resolved = names.resolve(name);
    if (found.size() < MAX_COLUMNS) {
      found.put(name, resolved);
    }
    return resolved;
  }
}
