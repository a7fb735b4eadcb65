package io.tapline.local.init;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapline.export.BrokenRow;
import io.tapline.export.DelimitedRow;
import io.tapline.export.ExportReader;
import io.tapline.export.JsonRow;
import io.tapline.export.Row;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What all rows of an export look like, column by column. */
final class ExportFacts {

  /** As many as an export may have; a push says it where there are more. */
  private static final int MAX_COLUMNS = 2000;

  private static final Pattern NO_LETTER = Pattern.compile("[\\s_-]+");

  private final Map<String, ColumnFacts> byName = new LinkedHashMap<>();
  private long rows;
  private long broken;

  private ExportFacts() {}

  /**
   * Reads an export to its end.
   *
   * @throws io.tapline.export.UnreadableExportException when it can't be read on
   */
  static ExportFacts read(ExportReader reader) throws IOException {
    ExportFacts facts = new ExportFacts();
    List<ColumnFacts> header = reader.header().names().stream().map(facts::column).toList();
    for (Row row = reader.next(); row != null; row = reader.next()) {
      facts.rows++;
      switch (row) {
        case DelimitedRow delimited -> add(delimited, header);
        case JsonRow json -> facts.add(json);
        case BrokenRow ignored -> facts.broken++;
      }
    }
    return facts;
  }

  private ColumnFacts column(String name) {
    return byName.computeIfAbsent(name, ColumnFacts::new);
  }

  private static void add(DelimitedRow row, List<ColumnFacts> header) {
    for (int i = 0; i < header.size(); i++) {
      if (!row.isNull(i)) {
        header.get(i).add(row.number(), row.text(i));
      }
    }
  }

  private void add(JsonRow row) {
    for (Map.Entry<String, JsonNode> field : row.fields().properties()) {
      if (byName.size() < MAX_COLUMNS || byName.containsKey(field.getKey())) {
        ColumnFacts column = column(field.getKey());
        JsonNode value = field.getValue();
        if (!value.isNull()) {
          column.add(row.number(), value.isContainerNode() ? value.toString() : value.asText());
        }
      }
    }
  }

  /** Rows, those that can't be read among them. */
  long rows() {
    return rows;
  }

  /** Rows that can't be read as fields. */
  long broken() {
    return broken;
  }

  /** In the order of the header; of JSONL, in that in which they came. */
  Collection<ColumnFacts> columns() {
    return byName.values();
  }

  /** The names for a message. */
  String names() {
    String first =
        String.join(", ", byName.keySet().stream().limit(30).map(ExportFacts::shown).toList());
    return byName.size() <= 30 ? first : first + ", … (" + byName.size() + ")";
  }

  private static String shown(String name) {
    return name.isBlank() ? "\"" + name + "\"" : name;
  }

  /** The column of exactly this name, else in any case. */
  Optional<ColumnFacts> named(String name) {
    return Stream.concat(
            Stream.ofNullable(byName.get(name)),
            columns().stream().filter(column -> column.name().equalsIgnoreCase(name)))
        .findFirst();
  }

  /** The first of these names, in their order, that a column has, in any case and spelling. */
  Optional<ColumnFacts> firstOf(List<String> names) {
    return names.stream().flatMap(this::spelled).findFirst();
  }

  /** The columns of this name in any case, with or without blanks, {@code _} and {@code -}. */
  Stream<ColumnFacts> spelled(String name) {
    String letters = letters(name);
    return columns().stream().filter(column -> letters(column.name()).equals(letters));
  }

  /** A name without what its spelling may differ in. */
  static String letters(String name) {
    return NO_LETTER.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
  }
}
