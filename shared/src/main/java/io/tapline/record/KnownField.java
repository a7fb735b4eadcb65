package io.tapline.record;

import io.tapline.sync.ColumnType;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A profile field that CleverTap knows: how it spells it, and the type in which it takes it. */
public enum KnownField {
  NAME("Name", ColumnType.STRING),
  EMAIL("Email", ColumnType.STRING),
  PHONE("Phone", ColumnType.STRING),
  GENDER("Gender", ColumnType.STRING),
  DOB("DOB", ColumnType.DATE),
  PHOTO("Photo", ColumnType.STRING),
  AGE("Age", ColumnType.NUMBER),
  EMPLOYED("Employed", ColumnType.STRING),
  EDUCATION("Education", ColumnType.STRING),
  MARRIED("Married", ColumnType.STRING),
  CUSTOMER_TYPE("Customer Type", ColumnType.STRING),
  TIMEZONE("Timezone", ColumnType.STRING),
  MSG_EMAIL("MSG-email", ColumnType.BOOLEAN),
  MSG_PUSH("MSG-push", ColumnType.BOOLEAN),
  MSG_SMS("MSG-sms", ColumnType.BOOLEAN),
  MSG_WHATSAPP("MSG-whatsapp", ColumnType.BOOLEAN),
  MSG_DND_PHONE("MSG-dndPhone", ColumnType.BOOLEAN),
  MSG_DND_EMAIL("MSG-dndEmail", ColumnType.BOOLEAN),
  MSG_DND_WHATSAPP("MSG-dndWhatsApp", ColumnType.BOOLEAN);

  private static final Map<String, KnownField> BY_LOWER_CASE =
      Stream.of(values())
          .collect(
              Collectors.toUnmodifiableMap(
                  field -> field.spelling.toLowerCase(Locale.ROOT), Function.identity()));

  private final String spelling;
  private final ColumnType type;

  KnownField(String spelling, ColumnType type) {
    this.spelling = spelling;
    this.type = type;
  }

  /** The field of this name in any case; null: CleverTap knows none. */
  static @Nullable KnownField named(String name) {
    return BY_LOWER_CASE.get(name.toLowerCase(Locale.ROOT));
  }

  /** CleverTap's spelling. */
  public String spelling() {
    return spelling;
  }

  /** The type in which its values are sent. */
  public ColumnType type() {
    return type;
  }
}
