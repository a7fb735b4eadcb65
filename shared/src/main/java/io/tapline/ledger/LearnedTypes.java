package io.tapline.ledger;

import io.tapline.sync.ColumnType;
import java.util.Map;

/**
 * The column types that a sync has learned from its exports.
 *
 * @param number which state this is, from 0
 * @param types by the names that are sent
 */
public record LearnedTypes(int number, Map<String, ColumnType> types) {

  /** Before the first export. */
  public static final LearnedTypes NONE = new LearnedTypes(-1, Map.of());

  /** The state after this one. */
  public LearnedTypes next(Map<String, ColumnType> next) {
    return new LearnedTypes(number + 1, next);
  }
}
