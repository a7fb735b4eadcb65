package io.tapline.local.init;

import io.tapline.record.KnownField;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The names that columns of other systems have for what Tapline knows by one name. Compared without
 * case, blanks, {@code _} and {@code -}; the likelier ones first.
 */
final class Names {

  static final String IDENTITY = "identity";
  static final String OBJECT_ID = "objectId";

  /** Columns that name a user, beside {@code identity} itself. */
  static final List<String> IDENTITIES =
      List.of(
          "user_id",
          "customer_id",
          "customer_no",
          "cust_id",
          "client_id",
          "member_id",
          "subscriber_id",
          "contact_id",
          "profile_id",
          "external_id",
          "account_id",
          "crm_id",
          "td_client_id",
          "uid",
          "user",
          "customer",
          "id",
          "email",
          "email_address",
          "e_mail",
          "FBID",
          "GPID");

  static final List<String> OBJECT_IDS = List.of(OBJECT_ID, "clevertap_id", "ct_id");
  static final List<String> EVENT_NAMES =
      List.of("evtName", "event_name", "event", "evt_name", "event_type");
  static final List<String> TIMES =
      List.of("ts", "time", "timestamp", "event_time", "event_ts", "event_timestamp", "event_date");
  static final List<String> TOKENS =
      List.of("device_token", "push_token", "token", "fcm_token", "registration_id");
  static final List<String> TOKEN_TYPES = List.of("type", "token_type", "platform");
  static final List<String> EMAILS = List.of("email", "email_address", "e_mail", "mail");
  static final List<String> PHONES =
      List.of("phone", "phone_number", "mobile", "mobile_number", "msisdn", "cell_phone");
  static final List<String> BIRTHDAYS = List.of("dob", "date_of_birth", "birth_date", "birthday");

  /** The types of a custom list's members. */
  static final Set<String> LIST_TYPES = Set.of("i", "g");

  private Names() {}

  /** Whether a column of this name is one that Tapline or another system knows. */
  static boolean isKnown(String column) {
    String letters = ExportFacts.letters(column);
    return Stream.of(
                List.of(IDENTITY, "value", "status"),
                IDENTITIES,
                OBJECT_IDS,
                EVENT_NAMES,
                TIMES,
                TOKENS,
                TOKEN_TYPES,
                EMAILS,
                PHONES,
                BIRTHDAYS)
            .flatMap(List::stream)
            .anyMatch(name -> ExportFacts.letters(name).equals(letters))
        || isField(column);
  }

  /** Whether it is a profile field that CleverTap knows. */
  static boolean isField(String column) {
    return Stream.of(KnownField.values())
        .anyMatch(field -> field.spelling().equalsIgnoreCase(column));
  }

  /** Whether a column of this name may hold what names a user. */
  static boolean mayNameUsers(String column) {
    String letters = ExportFacts.letters(column);
    return letters.equals(IDENTITY)
        || IDENTITIES.stream().anyMatch(name -> ExportFacts.letters(name).equals(letters))
        || OBJECT_IDS.stream().anyMatch(name -> ExportFacts.letters(name).equals(letters));
  }

  /** Whether the name says that its values are numbers of something, and no quantities. */
  static boolean isOfCodes(String column) {
    String letters = ExportFacts.letters(column);
    return column.matches("(?i).*([_\\s-]id|[a-z]Id|[_\\s-]?(zip|sku|ean|isbn|iban)|code)")
        || letters.matches("id|zip(code)?|postcode|postalcode|plz");
  }

  /** Whether the name asks a question that is answered by yes or no. */
  static boolean isOfFlags(String column) {
    return column.matches(
            "(?i)(is|has|was|can|did)[_\\s-].*|.*[_\\s-](flag|enabled|active|opt_?in)")
        || column.matches("(is|has|was|can|did)[A-Z].*")
        || column.matches(
            "(?i)(vip|active|enabled|subscribed|verified|deleted|opt_?in|opt_?out|newsletter)");
  }

  /** Whether the name says that its values are points in time. */
  static boolean isOfTimes(String column) {
    return column.matches("(?i)(.*[_\\s-])?(at|on|date|time|ts|timestamp)")
        || column.matches(".*[a-z](At|Date|Time)");
  }
}
