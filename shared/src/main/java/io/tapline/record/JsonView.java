package io.tapline.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapline.export.JsonRow;
import io.tapline.record.Column.Role;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A row of JSONL: the row brings its columns, and its values keep their types. Set anew for each
 * row.
 */
final class JsonView implements RowView {

  private final Columns columns;
  private final JsonValues values;
  private final List<Entry> properties = new ArrayList<>();
  private final Map<Integer, List<Entry>> items = new TreeMap<>();
  private final Map<Role, Cell> roles = new EnumMap<>(Role.class);
  private final Map<String, Column> sent = new HashMap<>();
  private @Nullable Entry wholeItems;

  JsonView(Columns columns, JsonValues values) {
    this.columns = columns;
    this.values = values;
  }

  /**
   * Takes up a row. A null is left out whatever its name.
   *
   * @return why the row can't be sent; the view is then of no use
   */
  @Nullable Fault show(JsonRow row) {
    properties.clear();
    items.clear();
    roles.clear();
    sent.clear();
    wholeItems = null;
    for (Map.Entry<String, JsonNode> entry : row.fields().properties()) {
      if (!entry.getValue().isNull()) {
        Fault fault = add(entry.getKey(), entry.getValue());
        if (fault != null) {
          return fault;
        }
      }
    }
    return null;
  }

  private @Nullable Fault add(String name, JsonNode value) {
    NamedColumn named = columns.named(name);
    if (named instanceof ColumnProblem problem) {
      return fault(problem);
    }
    Column column = (Column) named;
    Column other = column.isIgnored() ? null : sent.putIfAbsent(column.sentAs(), column);
    if (other != null) {
      return fault(Columns.duplicate(other, column));
    }
    switch (column.role()) {
      case PROPERTY -> properties.add(new Entry(column, value));
      case ITEM ->
          items
              .computeIfAbsent(column.item(), n -> new ArrayList<>())
              .add(new Entry(column, value));
      case ITEMS -> {
        if (!value.isArray() || !value.isEmpty()) {
          wholeItems = new Entry(column, value);
        }
      }
      case IDENTITY, OBJECT_ID, TIMESTAMP, EVENT_NAME -> {
        return addRole(column, value);
      }
      case TOKEN_ID, TYPE, P256DH, AUTH, VALUE, STATUS -> {
        // An array or an object is as good as none: the record's shape knows the code for it.
        if (value.isValueNode()) {
          addCell(column, value);
        }
      }
      case IGNORED -> {}
    }
    return null;
  }

  private @Nullable Fault addRole(Column column, JsonNode value) {
    boolean isId = column.role() == Role.IDENTITY || column.role() == Role.OBJECT_ID;
    if (value.isContainerNode() || (isId && value.isFloatingPointNumber())) {
      return Fault.of(
          switch (column.role()) {
            case IDENTITY -> Codes.IDENTITY;
            case OBJECT_ID -> Codes.OBJECT_ID;
            case TIMESTAMP -> Codes.TIMESTAMP;
            default -> Codes.EVENT_NAME_MISSING;
          },
          column,
          isId
              ? "is neither a text nor an integer nor a boolean, as it must be"
              : "is an array or an object; it must be a text or a number");
    }
    addCell(column, value);
    return null;
  }

  private void addCell(Column column, JsonNode value) {
    roles.put(column.role(), new Cell(column, TextSlice.of(value.asText())));
  }

  private static Fault fault(ColumnProblem problem) {
    return new Fault(problem.code(), problem.column(), problem.reason());
  }

  @Override
  public @Nullable Cell cell(Role role) {
    return roles.get(role);
  }

  @Override
  public @Nullable Column column(Role role) {
    Cell cell = roles.get(role);
    return cell == null ? null : cell.column();
  }

  @Override
  public int properties() {
    return properties.size();
  }

  @Override
  public @Nullable Column firstItem() {
    if (wholeItems != null) {
      return wholeItems.column;
    }
    return items.isEmpty() ? null : items.values().iterator().next().getFirst().column;
  }

  @Override
  public @Nullable Fault writeProperties(RecordJson out) {
    return write(properties, out);
  }

  @Override
  public @Nullable Fault writeItems(RecordJson out) {
    if (wholeItems != null) {
      return items.isEmpty()
          ? values.writeItems(wholeItems.column, wholeItems.value, out)
          : Fault.of(
              Codes.EVENT_STRUCTURE,
              wholeItems.column,
              "stands beside columns Items[n].Key; a row may have the one or the other");
    }
    return ItemsArray.write(
        items.values(), entry -> !values.leavesOut(entry.column, entry.value), this::write, out);
  }

  private @Nullable Fault write(List<Entry> entries, RecordJson out) {
    for (Entry entry : entries) {
      Fault fault = values.write(entry.column, entry.value, out);
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  /** A value and its column. */
  private record Entry(Column column, JsonNode value) {}
}
