package io.tapline.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapline.export.BrokenRow;
import io.tapline.export.DelimitedRow;
import io.tapline.export.Header;
import io.tapline.export.JsonRow;
import io.tapline.report.Report.Example;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The first values for which rows were rejected, masked: a few of each reason that is one column's.
 * Not thread-safe.
 */
final class Examples {

  private static final int MOST = 3;

  private final List<String> columns;
  private final Map<ReasonKey, List<Example>> byReason = new HashMap<>();

  /**
   * None yet.
   *
   * @param header of the export; null where it is not known
   */
  Examples(@Nullable Header header) {
    this.columns = header == null ? List.of() : header.names();
  }

  /** Takes a row, where there are too few like it; they come in the order of the export. */
  void add(RejectedRow rejected) {
    String column = rejected.rejection().column();
    if (column == null) {
      return;
    }
    List<Example> examples =
        byReason.computeIfAbsent(ReasonKey.of(rejected.rejection()), key -> new ArrayList<>(MOST));
    if (examples.size() < MOST) {
      String value = value(rejected, column);
      examples.add(new Example(rejected.rejection().row(), value == null ? null : Mask.of(value)));
    }
  }

  private @Nullable String value(RejectedRow rejected, String column) {
    return switch (rejected.row()) {
      case DelimitedRow row -> {
        int field = columns.indexOf(column);
        yield field < 0 || row.isNull(field) ? null : row.text(field);
      }
      case JsonRow row -> {
        JsonNode value = row.fields().path(column);
        if (value.isNull() || value.isMissingNode()) {
          yield null;
        }
        yield value.isTextual() ? value.textValue() : value.toString();
      }
      case BrokenRow broken -> null;
    };
  }

  /** Those of a reason; none where it is not one column's. */
  List<Example> of(ReasonKey reason) {
    return List.copyOf(byReason.getOrDefault(reason, List.of()));
  }
}
