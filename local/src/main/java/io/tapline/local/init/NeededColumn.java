package io.tapline.local.init;

import java.util.List;

/**
 * A column that a kind needs, beside the one that names the user.
 *
 * @param name what it has to be sent as
 * @param otherNames those that it may have in an export, the likelier ones first
 * @param advice for who has none
 */
record NeededColumn(String name, List<String> otherNames, String advice) {

  private static final String ANOTHER = ", or say which column it is: --rename COLUMN=";

  static List<NeededColumn> of(Kind kind) {
    return switch (kind) {
      case PROFILES, DEMERGE -> List.of();
      case EVENTS ->
          List.of(
              named(
                  "evtName",
                  Names.EVENT_NAMES,
                  "it is the event's name; give it in the query ('Order Placed' AS evtName)"));
      case TOKENS ->
          List.of(
              named(
                  Names.OBJECT_ID,
                  Names.OBJECT_IDS,
                  "it is CleverTap's id of a user on a device; add it to the query"),
              named("id", Names.TOKENS, "it is the token itself; add it to the query"),
              named(
                  "type",
                  Names.TOKEN_TYPES,
                  "it is fcm, apns or another service; give it in the query ('fcm' AS type)"));
      case SUBSCRIPTION ->
          List.of(
              named(
                  "value",
                  List.of(),
                  "it is a phone number or an e-mail address; give it in the query (email AS"
                      + " value)"),
              named(
                  "type",
                  List.of(),
                  "it is phone or email; give it in the query ('email' AS type)"),
              named(
                  "status",
                  List.of(),
                  "it is Unsubscribe or Resubscribe; give it in the query ('Unsubscribe' AS"
                      + " status)"));
      case DISASSOCIATE ->
          List.of(named("value", Names.PHONES, "it is a phone number; add it to the query"));
      case CUSTOM_LIST ->
          List.of(
              named(
                  "type",
                  List.of(),
                  "it is i for an identity, g for a CleverTap id; give it in the query ('i' AS"
                      + " type)"));
    };
  }

  private static NeededColumn named(String name, List<String> otherNames, String advice) {
    return new NeededColumn(name, otherNames, advice + ANOTHER + name);
  }
}
