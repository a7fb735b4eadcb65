package io.tapline.local.init;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person says of an export, so that it is not guessed.
 *
 * @param kind what its rows become; null: nothing said
 * @param identity the column that names the user; null: nothing said
 * @param rename the names under which columns are sent, by their names in the export
 * @param columns the columns' names in their order, of an export without a header line; empty:
 *     nothing said
 */
public record Wishes(
    @Nullable Kind kind,
    @Nullable String identity,
    Map<String, String> rename,
    List<String> columns) {

  /** Nothing said at all. */
  public static final Wishes NONE = new Wishes(null, null, Map.of(), List.of());

  public Wishes {
    rename = Map.copyOf(rename);
    columns = List.copyOf(columns);
  }
}
