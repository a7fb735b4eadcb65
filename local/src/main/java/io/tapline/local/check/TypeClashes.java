package io.tapline.local.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapline.export.BrokenRow;
import io.tapline.export.DelimitedRow;
import io.tapline.export.JsonRow;
import io.tapline.export.Row;
import io.tapline.record.Columns;
import io.tapline.record.TypeTally;
import io.tapline.record.TypeTally.SeenColumn;
import io.tapline.report.Mask;
import io.tapline.sync.ColumnType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Finds in a second reading the rows at which columns turned out to be of more than one type. Not
 * thread-safe.
 */
final class TypeClashes {

  private final Columns columns;

  /** Those whose two values are not both found yet, by the export's own name. */
  private final Set<String> open;

  private final Map<String, TypeClash.Value> first = new HashMap<>();
  private final Map<String, TypeClash> found = new HashMap<>();
  private final Map<String, Integer> places = new HashMap<>();

  private TypeClashes(Columns columns, Set<String> open) {
    this.columns = columns;
    this.open = open;
    for (int i = 0; i < columns.all().size(); i++) {
      places.put(columns.all().get(i).name(), i);
    }
  }

  /**
   * The clashes of an export.
   *
   * @param seen what a tally of all its rows holds
   */
  static TypeClashes of(Columns columns, TypeTally.State seen) {
    Set<String> mixed = new HashSet<>();
    for (SeenColumn column : seen.columns()) {
      if (column.types().size() > 1) {
        mixed.add(column.name());
      }
    }
    return new TypeClashes(columns, mixed);
  }

  void add(Row row) {
    if (open.isEmpty()) {
      return;
    }
    // A tally of this one row says what each of its values is by itself.
    TypeTally alone = new TypeTally(columns);
    alone.add(row);
    for (SeenColumn column : alone.state().columns()) {
      if (!column.types().isEmpty() && open.contains(column.name())) {
        add(row, column.name(), column.types().getFirst());
      }
    }
  }

  private void add(Row row, String name, ColumnType type) {
    TypeClash.Value earlier = first.get(name);
    if (earlier != null && earlier.type() == type) {
      return;
    }
    TypeClash.Value value = new TypeClash.Value(row.number(), type, Mask.of(text(row, name)));
    if (earlier == null) {
      first.put(name, value);
    } else {
      found.put(name, new TypeClash(earlier, value));
      open.remove(name);
    }
  }

  private String text(Row row, String name) {
    return switch (row) {
      case DelimitedRow delimited -> {
        Integer place = places.get(name);
        yield place == null ? "" : delimited.text(place);
      }
      case JsonRow json -> {
        JsonNode value = json.fields().path(name);
        yield ColumnValues.text(value);
      }
      case BrokenRow broken -> "";
    };
  }

  /** By the export's own name. */
  Map<String, TypeClash> found() {
    return Map.copyOf(found);
  }
}
