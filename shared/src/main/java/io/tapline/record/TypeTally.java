package io.tapline.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapline.export.BrokenRow;
import io.tapline.export.DelimitedRow;
import io.tapline.export.JsonRow;
import io.tapline.export.Row;
import io.tapline.record.Column.Role;
import io.tapline.record.ColumnTypes.Origin;
import io.tapline.record.ColumnTypes.TypedColumn;
import io.tapline.record.ColumnTypes.Warning;
import io.tapline.sync.ColumnType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the rows read so far say of the columns' types. Two tallies that were fed the same rows hold
 * the same state. Not thread-safe.
 */
public final class TypeTally {

  private final Columns columns;
  private final boolean lists;

  /** By column, in the order of the header. */
  private final List<Set<ColumnType>> seen = new ArrayList<>();

  /** The columns whose type the values decide. */
  private final boolean[] open;

  /** JSONL: by the export's own name. */
  private final Map<String, Set<ColumnType>> found = new LinkedHashMap<>();

  /** JSONL: the names that are not sent, for the report; those beyond the limit are left out. */
  private final Set<String> ignored = new LinkedHashSet<>();

  /** A tally that has seen no row. */
  public TypeTally(Columns columns) {
    this.columns = columns;
    this.lists = columns.kind().hasLists();
    this.open = new boolean[columns.all().size()];
    for (int i = 0; i < open.length; i++) {
      seen.add(EnumSet.noneOf(ColumnType.class));
      open[i] = columns.all().get(i).isTypeFound();
    }
  }

  /** A tally that goes on from a state of the same columns. */
  public static TypeTally resume(Columns columns, State state) {
    TypeTally tally = new TypeTally(columns);
    for (int i = 0; i < state.columns.size(); i++) {
      SeenColumn column = state.columns.get(i);
      if (!columns.areFoundRowByRow()) {
        tally.seen.get(i).addAll(column.types);
      } else if (columns.isIgnored(column.name)) {
        tally.ignored.add(column.name);
      } else {
        tally.typesOf(column.name).addAll(column.types);
      }
    }
    return tally;
  }

  /**
   * Takes a row in; a broken one says nothing.
   *
   * @throws HeaderException if a JSONL export has too many distinct column names
   */
  public void add(Row row) {
    switch (row) {
      case DelimitedRow delimited -> add(delimited);
      case JsonRow json -> add(json);
      case BrokenRow broken -> {}
    }
  }

  private void add(DelimitedRow row) {
    for (int i = 0; i < open.length; i++) {
      if (open[i] && !row.isNull(i)) {
        Set<ColumnType> types = seen.get(i);
        if (!types.contains(ColumnType.STRING)) {
          ColumnType type = TextKind.of(TextSlice.of(row, i), lists);
          if (type != null) {
            types.add(type);
          }
        }
      }
    }
  }

  private void add(JsonRow row) {
    for (Map.Entry<String, JsonNode> entry : row.fields().properties()) {
      if (columns.isIgnored(entry.getKey())) {
        if (ignored.size() < Columns.MAX_COLUMNS) {
          ignored.add(entry.getKey());
        }
        continue;
      }
      Set<ColumnType> types = typesOf(entry.getKey());
      ColumnType type = type(entry.getValue());
      if (type != null) {
        types.add(type);
      }
    }
  }

  private Set<ColumnType> typesOf(String name) {
    Set<ColumnType> types = found.get(name);
    if (types == null) {
      if (found.size() == Columns.MAX_COLUMNS) {
        throw new HeaderException(
            Codes.TOO_MANY_COLUMNS,
            "The export has more than "
                + Columns.MAX_COLUMNS
                + " distinct column names; keys that are data, such as dates or ids, must become"
                + " values");
      }
      types = EnumSet.noneOf(ColumnType.class);
      found.put(name, types);
    }
    return types;
  }

  private static @Nullable ColumnType type(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> ColumnType.STRING;
      case NUMBER -> ColumnType.NUMBER;
      case BOOLEAN -> ColumnType.BOOLEAN;
      case ARRAY -> ColumnType.LIST;
      default -> null;
    };
  }

  /** What it holds now; it does not change with rows added later. */
  public State state() {
    List<SeenColumn> state = new ArrayList<>();
    for (int i = 0; i < seen.size(); i++) {
      state.add(new SeenColumn(columns.all().get(i).name(), List.copyOf(seen.get(i))));
    }
    found.forEach((name, types) -> state.add(new SeenColumn(name, List.copyOf(types))));
    ignored.forEach(name -> state.add(new SeenColumn(name, List.of())));
    return new State(state);
  }

  /**
   * Fixes the types. What was learned stays if every value fits, else the column is widened to
   * string, with a warning.
   *
   * @param learned by the name that is sent, as {@link ColumnTypes#learn} gives it
   */
  public ColumnTypes decide(Map<String, ColumnType> learned) {
    List<TypedColumn> typed = new ArrayList<>();
    List<Warning> warnings = new ArrayList<>();
    for (int i = 0; i < seen.size(); i++) {
      Column column = columns.all().get(i);
      typed.add(
          column.isTypeFound()
              ? decide(column, seen.get(i), learned.get(column.sentAs()), warnings)
              : given(column));
    }
    found.forEach((name, types) -> typed.add(found(name, types)));
    ignored.forEach(name -> typed.add(found(name, Set.of())));
    return new ColumnTypes(typed, warnings);
  }

  private static TypedColumn decide(
      Column column, Set<ColumnType> seen, @Nullable ColumnType learned, List<Warning> warnings) {
    ColumnType inferred =
        seen.isEmpty() ? learned : seen.size() == 1 ? seen.iterator().next() : ColumnType.STRING;
    if (inferred == null) {
      return new TypedColumn(column.name(), column.sentAs(), List.of(), Origin.INFERRED);
    }
    if (learned == null) {
      return new TypedColumn(column.name(), column.sentAs(), List.of(inferred), Origin.INFERRED);
    }
    if (learned != inferred && learned != ColumnType.STRING) {
      warnings.add(widened(column, learned));
      return new TypedColumn(
          column.name(), column.sentAs(), List.of(ColumnType.STRING), Origin.INFERRED);
    }
    return new TypedColumn(column.name(), column.sentAs(), List.of(learned), Origin.LEARNED);
  }

  private static Warning widened(Column column, ColumnType learned) {
    return new Warning(
        Codes.TYPE_WIDENED,
        column.name(),
        "Column "
            + TextSlice.quoted(column.name())
            + " was sent as "
            + ColumnNames.typeName(learned)
            + " by earlier exports, but this one has values that are none: it is sent as string"
            + " from now on; declare it in columnTypes to reject such values instead");
  }

  /** A column whose type the values can't change. */
  private static TypedColumn given(Column column) {
    if (column.isIgnored()) {
      return new TypedColumn(column.name(), column.sentAs(), List.of(), Origin.IGNORED);
    }
    ColumnType fixed = column.fixedType();
    ColumnType type =
        fixed != null
            ? fixed
            : column.role() == Role.TIMESTAMP ? ColumnType.NUMBER : ColumnType.STRING;
    return new TypedColumn(
        column.name(),
        column.sentAs(),
        List.of(type),
        column.declaredType() == null ? Origin.KNOWN_FIELD : Origin.DECLARED);
  }

  private TypedColumn found(String name, Set<ColumnType> types) {
    if (columns.named(name) instanceof Column column) {
      return column.isTypeFound() || column.role() == Role.ITEMS
          ? new TypedColumn(name, column.sentAs(), List.copyOf(types), Origin.JSON)
          : given(column);
    }
    return new TypedColumn(name, name, List.copyOf(types), Origin.JSON);
  }

  /**
   * What a tally holds, for a mark. Jackson reads and writes it as it stands.
   *
   * @param columns in the order of the header; for JSONL in the order in which they were found,
   *     those that are not sent behind the others
   */
  public record State(List<SeenColumn> columns) {

    public State {
      columns = List.copyOf(columns);
    }
  }

  /**
   * The types of the values seen in one column, in the order of {@link ColumnType}.
   *
   * @param name the export's own name
   */
  public record SeenColumn(String name, List<ColumnType> types) {

    public SeenColumn {
      types = List.copyOf(types);
    }
  }
}
