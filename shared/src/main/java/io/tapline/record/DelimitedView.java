package io.tapline.record;

import io.tapline.export.DelimitedRow;
import io.tapline.record.Column.Role;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A row of CSV or TSV. What can be known from the header is worked out once; the row is set anew
 * for each.
 */
final class DelimitedView implements RowView {

  private final List<Place> properties = new ArrayList<>();
  private final List<List<Place>> items;
  private final Map<Role, Place> roles = new EnumMap<>(Role.class);
  private DelimitedRow row = new DelimitedRow(0, new byte[0], new int[0], new boolean[0]);

  /**
   * @param fields one for each column, in their order
   */
  DelimitedView(List<Field> fields) {
    Map<Integer, List<Place>> byItem = new TreeMap<>();
    for (int i = 0; i < fields.size(); i++) {
      Place place = new Place(i, fields.get(i));
      Column column = place.field.column();
      switch (column.role()) {
        case PROPERTY -> properties.add(place);
        case ITEM -> byItem.computeIfAbsent(column.item(), n -> new ArrayList<>()).add(place);
        case IGNORED -> {}
        default -> roles.put(column.role(), place);
      }
    }
    this.items = List.copyOf(byItem.values());
  }

  void show(DelimitedRow next) {
    row = next;
  }

  @Override
  public @Nullable Cell cell(Role role) {
    Place place = roles.get(role);
    return place == null || row.isNull(place.index)
        ? null
        : new Cell(place.field.column(), text(place));
  }

  @Override
  public @Nullable Column column(Role role) {
    Place place = roles.get(role);
    return place == null ? null : place.field.column();
  }

  @Override
  public int properties() {
    int count = 0;
    for (Place place : properties) {
      if (!row.isNull(place.index)) {
        count++;
      }
    }
    return count;
  }

  @Override
  public @Nullable Column firstItem() {
    for (List<Place> item : items) {
      for (Place place : item) {
        if (!row.isNull(place.index)) {
          return place.field.column();
        }
      }
    }
    return null;
  }

  @Override
  public @Nullable Fault writeProperties(RecordJson out) {
    return write(properties, out);
  }

  @Override
  public @Nullable Fault writeItems(RecordJson out) {
    return ItemsArray.write(items, this::isSent, this::write, out);
  }

  private boolean isSent(Place place) {
    return !row.isNull(place.index) && !place.field.writer().leavesOut(text(place));
  }

  private @Nullable Fault write(List<Place> places, RecordJson out) {
    for (Place place : places) {
      if (!row.isNull(place.index)) {
        Fault fault = place.field.writer().write(place.field, text(place), out);
        if (fault != null) {
          return fault;
        }
      }
    }
    return null;
  }

  private TextSlice text(Place place) {
    return TextSlice.of(row, place.index);
  }

  /** A field and its index in the row. */
  private record Place(int index, Field field) {}
}
