package io.tapline.local.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapline.export.BrokenRow;
import io.tapline.export.DelimitedRow;
import io.tapline.export.JsonRow;
import io.tapline.export.Row;
import io.tapline.record.ColumnTypes;
import io.tapline.record.ColumnTypes.TypedColumn;
import io.tapline.record.Columns;
import io.tapline.report.Mask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts the values of each column, and keeps what one looks like. Not thread-safe. */
final class ColumnValues {

  /** More than an export may have; keys that are not sent may be without end. */
  private static final int MAX_NAMES = 10_000;

  /** By column, in the order of the header. */
  private final List<Values> inHeader = new ArrayList<>();

  /** JSONL: by the export's own name. */
  private final Map<String, Values> byName = new HashMap<>();

  private long readable;

  ColumnValues(Columns columns) {
    columns.all().forEach(column -> inHeader.add(new Values()));
  }

  void add(Row row) {
    switch (row) {
      case DelimitedRow delimited -> add(delimited);
      case JsonRow json -> add(json);
      case BrokenRow broken -> {}
    }
  }

  private void add(DelimitedRow row) {
    readable++;
    for (int i = 0; i < inHeader.size(); i++) {
      if (!row.isNull(i)) {
        Values values = inHeader.get(i);
        values.count++;
        if (values.sample == null && row.end(i) > row.start(i)) {
          values.sample = Mask.of(row.text(i));
        }
      }
    }
  }

  private void add(JsonRow row) {
    readable++;
    for (Map.Entry<String, JsonNode> entry : row.fields().properties()) {
      JsonNode value = entry.getValue();
      if (value.isNull() || (byName.size() >= MAX_NAMES && !byName.containsKey(entry.getKey()))) {
        continue;
      }
      Values values = byName.computeIfAbsent(entry.getKey(), name -> new Values());
      values.count++;
      if (values.sample == null) {
        String text = text(value);
        values.sample = text.isEmpty() ? null : Mask.of(text);
      }
    }
  }

  /** A value of JSONL as a text; arrays and objects as JSON. */
  static String text(JsonNode value) {
    return value.isContainerNode() ? value.toString() : value.asText();
  }

  /**
   * The columns, with what is known of them.
   *
   * @param clashes by the export's own name
   */
  List<CheckedColumn> columns(ColumnTypes types, Map<String, TypeClash> clashes) {
    List<CheckedColumn> columns = new ArrayList<>();
    for (int i = 0; i < types.columns().size(); i++) {
      TypedColumn typed = types.columns().get(i);
      Values values =
          inHeader.isEmpty() ? byName.getOrDefault(typed.name(), new Values()) : inHeader.get(i);
      columns.add(
          new CheckedColumn(
              typed, readable - values.count, values.sample, clashes.get(typed.name())));
    }
    return columns;
  }

  /** Those of one column. */
  private static final class Values {

    private long count;
    private @Nullable String sample;
  }
}
