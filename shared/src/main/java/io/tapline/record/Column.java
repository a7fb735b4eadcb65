package io.tapline.record;

import io.tapline.sync.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * A column of an export: what it is and how it is sent.
 *
 * @param name the export's own name
 * @param sentAs its name after {@code rename}, in CleverTap's spelling where CleverTap knows it; an
 *     ignored column is not sent, and would be under this name
 * @param role what its values are in a record
 * @param item which of the event's items it belongs to; -1 unless {@code role} is {@link Role#ITEM}
 * @param key its key in the object that holds its values: {@code sentAs}, or the {@code Key} of
 *     {@code Items[n].Key}
 * @param known the profile field that it is; null: none that CleverTap knows
 * @param declaredType what the sync's {@code columnTypes} says, or what the sync has learned where
 *     that binds; null: nothing, or the same as {@code known}
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
    IDENTITY("identity"),
    OBJECT_ID("objectId"),
    TIMESTAMP("ts"),
    EVENT_NAME("evtName"),
    /** The device token itself. */
    TOKEN_ID("id"),
    /** Of a device token, a subscription or a member of a list. */
    TYPE("type"),
    /** A key of a device token of the type {@code chrome}. */
    P256DH("p256dh"),
    /** The other key of a device token of the type {@code chrome}. */
    AUTH("auth"),
    /** A phone number or an e-mail address that stands for whoever has it. */
    VALUE("value"),
    /** Of a subscription. */
    STATUS("status"),
    /** A property of the profile or the event. */
    PROPERTY,
    /** A value of one of the event's items, {@code Items[n].Key}. */
    ITEM,
    /** JSONL only: all items, as an array. */
    ITEMS,
    /** Nothing: it is not sent. */
    IGNORED;

    private final String spelling;

    Role() {
      this("");
    }

    Role(String spelling) {
      this.spelling = spelling;
    }

    /** The name of the one column that has this role; empty where columns of any name have it. */
    String spelling() {
      return spelling;
    }
  }

  /** The type that no value of the export can change; null: it is found from the values. */
  public @Nullable ColumnType fixedType() {
    return known != null ? known.type() : declaredType;
  }

  /** The same column, but of this type, whatever its values are. */
  Column withType(ColumnType type) {
    return new Column(name, sentAs, role, item, key, known, type);
  }

  /** Whether it is not sent, so that no rule holds for its name and its values. */
  public boolean isIgnored() {
    return role == Role.IGNORED;
  }

  /**
   * Whether its type is found from the values: a property or an item's value that nobody gave a
   * type.
   */
  public boolean isTypeFound() {
    return fixedType() == null && (role == Role.PROPERTY || role == Role.ITEM);
  }
}
