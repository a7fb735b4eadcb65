package io.tapline.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapline.sync.ColumnType;
import io.tapline.sync.RecordKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes values that come as JSON: in the type that the sync or CleverTap gives the column, else in
 * their own. A scalar in a column with a type is read by its text, so {@code 1} and {@code "1"} are
 * the same there.
 */
final class JsonValues {

  private static final int MAX_ITEMS = 256;

  private final RecordKind kind;
  private final ValueWriters writers;

  JsonValues(RecordKind kind, ValueWriters writers) {
    this.kind = kind;
    this.writers = writers;
  }

  /** Whether {@link #write} leaves this value out; it is not null. */
  boolean leavesOut(Column column, JsonNode value) {
    if (value.isContainerNode()) {
      return false;
    }
    ColumnType type = column.fixedType();
    return type == null
        ? isNotANumber(value)
        : writers.of(column, type).leavesOut(TextSlice.of(value.asText()));
  }

  /** Writes the field, or nothing if the value is left out. */
  @Nullable Fault write(Column column, JsonNode value, RecordJson out) {
    if (value.isContainerNode()) {
      return writeContainer(column, value, out);
    }
    ColumnType type = column.fixedType();
    if (type != null) {
      ValueWriter writer = writers.of(column, type);
      return writer.write(Field.of(column, writer), TextSlice.of(value.asText()), out);
    }
    return writeScalar(column, column.key(), value, out);
  }

  private @Nullable Fault writeContainer(Column column, JsonNode value, RecordJson out) {
    if (!kind.hasLists()) {
      return Fault.of(
          Codes.EVENT_STRUCTURE,
          column,
          "is an array or an object; in an event only Items of Charged may be nested");
    }
    ScalarList list = value.isArray() ? ScalarList.of(value) : null;
    if (list == null) {
      return Fault.of(
          Codes.NESTED_VALUE, column, "is nested; a profile takes scalars and arrays of scalars");
    }
    ColumnType type = column.fixedType();
    if (type != null && type != ColumnType.LIST) {
      return Fault.unexpected(
          Codes.TYPE_MISMATCH,
          column,
          TextSlice.of(value.toString()),
          "a " + ColumnNames.typeName(type) + ", the type of the column");
    }
    ListValue writer = writers.list();
    return writer.write(Field.of(column, writer), list, out);
  }

  private static @Nullable Fault writeScalar(
      Column column, String key, JsonNode value, RecordJson out) {
    if (value.isTextual()) {
      TextSlice text = TextSlice.of(value.textValue());
      if (text.length() > ValueWriter.MAX_BYTES) {
        return Fault.tooLong(column);
      }
      out.key(key);
      text.writeTo(out);
    } else if (value.isBoolean()) {
      out.key(key);
      out.value(value.booleanValue() ? "true" : "false");
    } else if (!isNotANumber(value)) {
      out.key(key);
      out.value(value.asText());
    }
    return null;
  }

  private static boolean isNotANumber(JsonNode value) {
    return value.isNumber() && TextKind.isNothing(TextSlice.of(value.asText()));
  }

  /** Writes a whole array of items; nulls, and items without a value, are left out. */
  @Nullable Fault writeItems(Column column, JsonNode items, RecordJson out) {
    if (!items.isArray()) {
      return Fault.of(Codes.EVENT_STRUCTURE, column, "is no array; it must be one of objects");
    }
    if (items.size() > MAX_ITEMS) {
      return Fault.of(
          Codes.EVENT_STRUCTURE,
          column,
          "has " + items.size() + " items; an event may have " + MAX_ITEMS);
    }
    boolean open = false;
    for (JsonNode item : items) {
      if (!item.isObject() && !item.isNull()) {
        return Fault.of(
            Codes.EVENT_STRUCTURE, column, "holds something that is no object; each item is one");
      }
      if (hasValue(item)) {
        if (!open) {
          out.key("Items");
          out.startArray();
          open = true;
        }
        Fault fault = writeItem(column, item, out);
        if (fault != null) {
          return fault;
        }
      }
    }
    if (open) {
      out.endArray();
    }
    return null;
  }

  private static boolean hasValue(JsonNode item) {
    for (JsonNode value : item) {
      if (!value.isNull() && !isNotANumber(value)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Fault writeItem(Column column, JsonNode item, RecordJson out) {
    out.separate();
    out.startObject();
    for (Map.Entry<String, JsonNode> entry : item.properties()) {
      String key = entry.getKey();
      JsonNode value = entry.getValue();
      if (value.isNull()) {
        continue;
      }
      ColumnProblem problem = NameRules.check(column.name() + "[]." + key, key);
      if (problem != null) {
        return new Fault(problem.code(), column.name(), problem.reason());
      }
      if (value.isContainerNode()) {
        return Fault.of(
            Codes.EVENT_STRUCTURE,
            column,
            "holds an item with a nested value; it must be a scalar");
      }
      Fault fault = writeScalar(column, key, value, out);
      if (fault != null) {
        return fault;
      }
    }
    out.endObject();
    return null;
  }
}
