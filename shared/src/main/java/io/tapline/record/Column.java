package io.tapline.record;

import io.tapline.sync.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * A column of an export: what it is and how it is sent.
 *
 * @param name the export's own name
 * @param sentAs its name after {@code rename}, in CleverTap's spelling where CleverTap knows it
 * @param role what its values are in a record
 * @param item which of the event's items it belongs to; -1 unless {@code role} is {@link Role#ITEM}
 * @param key its key in the object that holds its values: {@code sentAs}, or the {@code Key} of
 *     {@code Items[n].Key}
 * @param known the profile field that it is; null: none that CleverTap knows
 * @param declaredType what the sync's {@code columnTypes} says; null: nothing, or the same as
 *     {@code known}
 */
public record Column(
    String name,
    String sentAs,
    Role role,
    int item,
    String key,
    @Nullable KnownField known,
    @Nullable ColumnType declaredType)
    implements NamedColumn {

  /** What a column's values are in a record. */
  public enum Role {
    IDENTITY,
    OBJECT_ID,
    TIMESTAMP,
    EVENT_NAME,
    /** A property of the profile or the event. */
    PROPERTY,
    /** A value of one of the event's items, {@code Items[n].Key}. */
    ITEM,
    /** JSONL only: all items, as an array. */
    ITEMS
  }

  /** The type that no value of the export can change; null: it is found from the values. */
  public @Nullable ColumnType fixedType() {
    return known != null ? known.type() : declaredType;
  }

  /**
   * Whether its type is found from the values: a property or an item's value that nobody gave a
   * type.
   */
  public boolean isTypeFound() {
    return fixedType() == null && (role == Role.PROPERTY || role == Role.ITEM);
  }
}
