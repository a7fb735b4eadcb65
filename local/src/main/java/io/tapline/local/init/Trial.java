package io.tapline.local.init;

import io.tapline.export.ExportReader;
import io.tapline.export.Row;
import io.tapline.record.ColumnTypes;
import io.tapline.record.Columns;
import io.tapline.record.RowCheck;
import io.tapline.record.TypeTally;
import io.tapline.sync.Sync;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a push with the drafted sync would make of an export: the same code finds the types and
 * checks the rows.
 *
 * @param types the columns' types
 * @param reasons why rows would be rejected, the most frequent first
 */
record Trial(ColumnTypes types, List<Reason> reasons) {

  /**
   * Reads all rows once more.
   *
   * @throws io.tapline.record.HeaderException when the columns break a rule
   */
  static Trial of(Sync sync, ExportReader reader, Instant lastModified) throws IOException {
    Columns columns = Columns.of(sync, reader.header().names());
    TypeTally tally = new TypeTally(columns);
    RowCheck check = RowCheck.of(sync, columns, lastModified);
    Map<Place, Long> rejected = new HashMap<>();
    for (Row row = reader.next(); row != null; row = reader.next()) {
      tally.add(row);
      check
          .check(row)
          .ifPresent(
              rejection ->
                  rejected.merge(new Place(rejection.code(), rejection.column()), 1L, Long::sum));
    }
    ColumnTypes types = tally.decide(Map.of());
    check
        .rejectionsIf(types)
        .forEach(
            rows -> rejected.merge(new Place(rows.code(), rows.column()), rows.count(), Long::sum));
    return new Trial(
        types,
        rejected.entrySet().stream()
            .map(entry -> new Reason(entry.getKey(), entry.getValue()))
            .sorted(
                Comparator.comparingLong(Reason::rows)
                    .reversed()
                    .thenComparing(reason -> reason.place.toString()))
            .toList());
  }

  long rejected() {
    return reasons.stream().mapToLong(Reason::rows).sum();
  }

  /**
   * A rule and the column that broke it.
   *
   * @param column the export's own name; null: no single column
   */
  record Place(String code, @Nullable String column) {

    @Override
    public String toString() {
      return column == null ? code : code + " in " + column;
    }
  }

  record Reason(Place place, long rows) {}
}
