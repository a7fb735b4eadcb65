package io.tapline.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapline.export.BrokenRow;
import io.tapline.export.DelimitedRow;
import io.tapline.export.JsonRow;
import io.tapline.export.Row;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Deals rows to lanes, so that the rows of one user stay in one lane: by {@code identity}, where
 * that is null or empty by {@code objectId}; by {@code value} where that stands for the user. A
 * user named by {@code identity} in one row and by {@code objectId} alone in another is two users
 * here. Not thread-safe.
 */
public final class LaneKey {

  private static final int KEYS = 3;
  private static final int NO_KEY = -1;

  private final Columns columns;
  private final int[] fields = {NO_KEY, NO_KEY, NO_KEY};
  private final CRC32 sum = new CRC32();

  private LaneKey(Columns columns) {
    this.columns = columns;
    for (int field = 0; field < columns.all().size(); field++) {
      int rank = rank(columns.all().get(field));
      if (rank != NO_KEY && fields[rank] == NO_KEY) {
        fields[rank] = field;
      }
    }
  }

  /** The key of these columns' rows. */
  public static LaneKey of(Columns columns) {
    return new LaneKey(columns);
  }

  private static int rank(Column column) {
    return switch (column.role()) {
      case IDENTITY -> 0;
      case OBJECT_ID -> 1;
      case VALUE -> 2;
      default -> NO_KEY;
    };
  }

  /**
   * The lane of a row, 0 to {@code lanes} - 1: CRC-32 of the key's UTF-8, modulo lanes. A row
   * without a key goes to lane 0.
   */
  public int lane(Row row, int lanes) {
    TextSlice key =
        switch (row) {
          case DelimitedRow delimited -> key(delimited);
          case JsonRow json -> key(json);
          case BrokenRow broken -> null;
        };
    if (key == null) {
      return 0;
    }
    sum.reset();
    key.addTo(sum);
    return (int) (sum.getValue() % lanes);
  }

  private @Nullable TextSlice key(DelimitedRow row) {
    for (int field : fields) {
      if (field != NO_KEY && row.end(field) > row.start(field)) {
        return TextSlice.of(row, field);
      }
    }
    return null;
  }

  private @Nullable TextSlice key(JsonRow row) {
    int best = KEYS;
    TextSlice key = null;
    for (Map.Entry<String, JsonNode> entry : row.fields().properties()) {
      int rank = columns.named(entry.getKey()) instanceof Column column ? rank(column) : NO_KEY;
      JsonNode value = entry.getValue();
      if (rank != NO_KEY && rank < best && value.isValueNode() && !value.isNull()) {
        TextSlice text = TextSlice.of(value.asText());
        if (!text.isEmpty()) {
          best = rank;
          key = text;
        }
      }
    }
    return key;
  }
}
