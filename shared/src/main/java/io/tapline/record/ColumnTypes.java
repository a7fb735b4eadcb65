package io.tapline.record;

import io.tapline.sync.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The types in which the columns of an export are sent, fixed before anything is sent. Immutable;
 * Jackson reads and writes it as it stands.
 *
 * @param columns in the order of the header; for JSONL in the order in which they were found
 * @param warnings columns whose type had to give way
 */
public record ColumnTypes(List<TypedColumn> columns, List<Warning> warnings) {

  private static final int MOST_NAMES = 10;

  public ColumnTypes {
    columns = List.copyOf(columns);
    warnings = List.copyOf(warnings);
  }

  /** How a column came by its type. */
  public enum Origin {
    /** The sync's {@code columnTypes} says so, or the sync has learned it where that binds. */
    DECLARED,
    /** CleverTap's field has it. */
    KNOWN_FIELD,
    /** The narrowest that fits every value of this export. */
    INFERRED,
    /** An earlier export of the sync had it. */
    LEARNED,
    /** The values brought it (JSONL). */
    JSON,
    /** It is not sent, so that it has none. */
    IGNORED
  }

  /**
   * One column.
   *
   * @param name the export's own name
   * @param types none: it had no value to tell from; several: a JSONL column whose values differ
   */
  public record TypedColumn(String name, String sentAs, List<ColumnType> types, Origin origin) {

    public TypedColumn {
      types = List.copyOf(types);
    }

    /** The word for a report: {@code number}, {@code mixed}, …; null when no value told it. */
    public @Nullable String typeName() {
      return switch (types.size()) {
        case 0 -> null;
        case 1 -> ColumnNames.typeName(types.getFirst());
        default -> "mixed";
      };
    }
  }

  /**
   * Something that a person should know.
   *
   * @param column the export's own name
   */
  public record Warning(String code, String column, String message) {}

  /** The same, with a warning of the columns whose types were told from the values alone. */
  public ColumnTypes warningOfInferred() {
    List<String> inferred =
        columns.stream()
            .filter(column -> column.origin == Origin.INFERRED && !column.types.isEmpty())
            .map(TypedColumn::name)
            .toList();
    if (inferred.isEmpty()) {
      return this;
    }
    List<Warning> more = new ArrayList<>(warnings);
    more.add(
        new Warning(
            Codes.TYPES_OF_FEW_ROWS,
            inferred.getFirst(),
            "The types of "
                + inferred.stream()
                    .limit(MOST_NAMES)
                    .map(TextSlice::quoted)
                    .collect(Collectors.joining(", "))
                + (inferred.size() > MOST_NAMES
                    ? " and " + (inferred.size() - MOST_NAMES) + " more columns"
                    : "")
                + " were told from these rejected rows alone, since the sync has learned none here;"
                + " declare them in columnTypes, or push the file where its export was pushed"));
    return new ColumnTypes(columns, more);
  }

  /**
   * The type of a column with a header; empty when it had no value to tell from.
   *
   * @param column its index in the header
   */
  public Optional<ColumnType> type(int column) {
    return columns.get(column).types().stream().findFirst();
  }

  /**
   * What the sync has learned after this export: what it knew before, and the types found here.
   * Keyed by the name that is sent, since it is CleverTap's property that has the type.
   *
   * @param before what it knew; a column that this export lacks is not forgotten
   */
  public Map<String, ColumnType> learn(Map<String, ColumnType> before) {
    Map<String, ColumnType> learned = new TreeMap<>(before);
    for (TypedColumn column : columns) {
      if (column.origin == Origin.INFERRED || column.origin == Origin.LEARNED) {
        column.types.forEach(type -> learned.put(column.sentAs, type));
      }
    }
    return learned;
  }
}
