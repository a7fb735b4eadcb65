package io.tapline.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.sync.RecordKind;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The records of what is neither a profile nor an event. */
final class OtherKindsTest {

  private static final String LONGEST_ID = "é".repeat(1024);

  @ParameterizedTest(name = "{6}")
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          o1 | t1 | fcm     | -  | -  | {"type":"token","objectId":"o1","tokenData":{"id":"t1","type":"fcm"}}    | fcm
          o1 | t1 | apns    | -  | -  | {"type":"token","objectId":"o1","tokenData":{"id":"t1","type":"apns"}}   | apns
          o1 | t1 | gcm     | -  | -  | {"type":"token","objectId":"o1","tokenData":{"id":"t1","type":"gcm"}}    | gcm
          o1 | t1 | wns     | -  | -  | {"type":"token","objectId":"o1","tokenData":{"id":"t1","type":"wns"}}    | wns
          o1 | t1 | mpns    | -  | -  | {"type":"token","objectId":"o1","tokenData":{"id":"t1","type":"mpns"}}   | mpns
          o1 | t1 | FCM     | -  | -  | {"type":"token","objectId":"o1","tokenData":{"id":"t1","type":"fcm"}}    | a type in another case
          o1 | t1 | chrome  | k1 | k2 | {"type":"token","objectId":"o1","tokenData":{"id":"t1","type":"chrome","keys":{"p256dh":"k1","auth":"k2"}}} | chrome with its keys
          o1 | t1 | fcm     | k1 | k2 | {"type":"token","objectId":"o1","tokenData":{"id":"t1","type":"fcm"}}    | keys of another type are ignored
          o1 | t1 | chrome  | -  | k2 | 535 type | chrome without p256dh
          o1 | t1 | chrome  | k1 | ~~ | 535 type | chrome with an empty auth
          -  | t1 | fcm     | -  | -  | 530 objectid | no objectId
          ~~ | t1 | fcm     | -  | -  | 530 objectid | an empty objectId
          o1 | -  | fcm     | -  | -  | 532 id | no token
          o1 | ~~ | fcm     | -  | -  | 532 id | an empty token
          o1 | t1 | -       | -  | -  | 533 type | no type
          o1 | t1 | ~~      | -  | -  | 533 type | an empty type
          o1 | t1 | pager   | -  | -  | 535 type | an unknown type
          """)
  void mapsTokens(
      @Nullable String objectId,
      @Nullable String id,
      @Nullable String type,
      @Nullable String p256dh,
      @Nullable String auth,
      String told,
      String rule) {
    MappedRow row =
        Fixture.of(RecordKind.TOKEN)
            .map(
                List.of("identity", "objectid", "id", "type", "p256dh", "auth", "a.b"),
                "u1",
                objectId,
                id,
                type,
                p256dh,
                auth,
                "x".repeat(600));

    assertThat(Fixture.told(row)).isEqualTo(told);
    if (row instanceof Mapped mapped) {
      assertThat(mapped.user()).isEqualTo("o1");
    }
  }

  @ParameterizedTest(name = "{3}")
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          DEMERGE     | u1    | "u1"           | an identity
          DEMERGE     | a"b\\c | "a\\"b\\\\c"     | an identity that JSON escapes
          DEMERGE     | 42    | "42"           | a number is a text
          DEMERGE     | -     | 523 identity   | no identity
          DEMERGE     | ~~    | 523 identity   | an empty identity
          DEMERGE     | N/A   | 523 identity   | a word that CleverTap refuses
          LIST_MEMBER | u1    | i,u1           | an identity
          LIST_MEMBER | a,b   | i,"a,b"        | a comma
          LIST_MEMBER | a"b   | i,"a""b"       | a quotation mark
          LIST_MEMBER | a b é | i,a b é        | nothing to quote
          LIST_MEMBER | -     | 523 identity   | no identity
          LIST_MEMBER | ~~    | 523 identity   | an empty identity
          LIST_MEMBER | nil   | 523 identity   | a word that CleverTap refuses
          """)
  void mapsIdentities(RecordKind kind, @Nullable String identity, String told, String rule) {
    MappedRow row =
        Fixture.of(kind).map(List.of("type", "identity", "objectId"), "i", identity, "o1");

    assertThat(Fixture.told(row).stripTrailing()).isEqualTo(told);
    if (row instanceof Mapped mapped) {
      assertThat(mapped.user()).isEqualTo(identity);
    }
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          i,  'i,u1', an identity
          g,  'g,u1', a CleverTap id
          G,  'g,u1', in another case
          -,  LIST_TYPE type, no type
          '', LIST_TYPE type, an empty type
          e,  LIST_TYPE type, an unknown type
          """)
  void mapsTheTypesOfListMembers(@Nullable String type, String told, String rule) {
    MappedRow row = Fixture.of(RecordKind.LIST_MEMBER).map(List.of("identity", "type"), "u1", type);

    assertThat(Fixture.told(row).stripTrailing()).isEqualTo(told);
  }

  @Test
  void endsEachLineOfAList() {
    Fixture list = Fixture.of(RecordKind.LIST_MEMBER);

    assertThat(Fixture.told(list.map(List.of("type", "identity"), "g", "c1"))).isEqualTo("g,c1\n");
    assertThat(Fixture.told(list.map(List.of("type", "identity"), "i", "a\r\nb")))
        .isEqualTo("i,\"a\r\nb\"\n");
  }

  @ParameterizedTest(name = "{4}")
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          phone    | +14155551234  | Unsubscribe | {"type":"phone","value":"+14155551234","status":"Unsubscribe"}     | a phone number
          email    | a@example.com | Resubscribe | {"type":"email","value":"a@example.com","status":"Resubscribe"}    | an e-mail address
          EMail    | a@example.com | UNSUBSCRIBE | {"type":"email","value":"a@example.com","status":"Unsubscribe"}    | in another case
          whatsapp | +14155551234  | resubscribe | {"type":"whatsapp","value":"+14155551234","status":"Resubscribe"}  | WhatsApp where it is allowed
          -        | +14155551234  | Unsubscribe | SUBSCRIPTION_TYPE type     | no type
          ~~       | +14155551234  | Unsubscribe | SUBSCRIPTION_TYPE type     | an empty type
          fax      | +14155551234  | Unsubscribe | SUBSCRIPTION_TYPE type     | an unknown type
          phone    | -             | Unsubscribe | VALUE_MISSING value        | no value
          phone    | ~~            | Unsubscribe | VALUE_MISSING value        | an empty value
          phone    | 14155551234   | Unsubscribe | 516 value                  | a phone number without a plus sign
          phone    | a@example.com | Unsubscribe | 516 value                  | an address as a phone number
          whatsapp | 14155551234   | Unsubscribe | 516 value                  | a WhatsApp number without a plus sign
          email    | a@example     | Unsubscribe | 515 value                  | no e-mail address
          email    | +14155551234  | Unsubscribe | 515 value                  | a phone number as an address
          phone    | +14155551234  | -           | SUBSCRIPTION_STATUS status | no status
          phone    | +14155551234  | ~~          | SUBSCRIPTION_STATUS status | an empty status
          phone    | +14155551234  | off         | SUBSCRIPTION_STATUS status | an unknown status
          """)
  void mapsSubscriptions(
      @Nullable String type,
      @Nullable String value,
      @Nullable String status,
      String told,
      String rule) {
    MappedRow row =
        Fixture.of(RecordKind.SUBSCRIPTION)
            .allowWhatsApp()
            .map(List.of("type", "value", "status", "identity"), type, value, status, "undefined");

    assertThat(Fixture.told(row)).isEqualTo(told);
    if (row instanceof Mapped mapped) {
      assertThat(mapped.user()).isEqualTo(value);
    }
  }

  @Test
  void rejectsWhatsAppUnlessTheSyncAllowsIt() {
    MappedRow row =
        Fixture.of(RecordKind.SUBSCRIPTION)
            .map(List.of("type", "value", "status"), "WhatsApp", "+14155551234", "Unsubscribe");

    assertThat(row)
        .isInstanceOfSatisfying(
            Rejection.class,
            rejection -> {
              assertThat(rejection.code()).isEqualTo("SUBSCRIPTION_TYPE");
              assertThat(rejection.reason())
                  .isEqualTo(
                      "type is whatsapp, which is sent only if the sync's allowWhatsApp is true");
            });
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          +14155551234     | {"type":"phone","value":"+14155551234"}    | a phone number
          +123456789012345 | {"type":"phone","value":"+123456789012345"} | 15 digits
          +1234567890123456 | 516 value     | 16 digits
          +1234567         | {"type":"phone","value":"+1234567"}        | 7 digits
          +123456          | 516 value      | 6 digits
          4155551234       | 516 value      | no country code
          -                | VALUE_MISSING value | no value
          ~~               | VALUE_MISSING value | an empty value
          """)
  void mapsPhoneNumbersToTakeAway(@Nullable String value, String told, String rule) {
    MappedRow row =
        Fixture.of(RecordKind.DISASSOCIATION).map(List.of("value", "type"), value, "email");

    assertThat(Fixture.told(row)).isEqualTo(told);
    if (row instanceof Mapped mapped) {
      assertThat(mapped.user()).isEqualTo(value);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"TOKEN, 526 objectId", "DEMERGE, 523 identity", "LIST_MEMBER, 523 identity"})
  void countsTheCharactersOfIds(RecordKind kind, String told) {
    List<String> header = List.of("objectId", "identity", "id", "type");
    String type = kind == RecordKind.TOKEN ? "fcm" : "g";

    assertThat(Fixture.of(kind).map(header, LONGEST_ID, LONGEST_ID, "t", type))
        .isInstanceOf(Mapped.class);
    assertThat(
            Fixture.told(
                Fixture.of(kind).map(header, LONGEST_ID + "a", LONGEST_ID + "a", "t", type)))
        .isEqualTo(told);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          TOKEN          | {"OBJECTID":7,"id":8,"type":"fcm","a.b":{"c":[1]},"A.B":1} | {"type":"token","objectId":"7","tokenData":{"id":"8","type":"fcm"}}
          TOKEN          | {"objectId":"o","id":"t","type":"fcm","auth":{}}           | {"type":"token","objectId":"o","tokenData":{"id":"t","type":"fcm"}}
          TOKEN          | {"objectId":"o","id":"t","type":"chrome","p256dh":"k","auth":{}} | 535 type
          TOKEN          | {"objectId":["o"],"id":"t","type":"fcm"}                   | 526 objectId
          TOKEN          | {"objectId":"o","id":["t"],"type":"fcm"}                   | 532 id
          TOKEN          | {"objectId":"o","id":"t","type":["fcm"]}                   | 533 type
          TOKEN          | {"objectId":"o","id":"t","ID":"t","type":"fcm"}            | DUPLICATE_COLUMN ID
          TOKEN          | {"identity":"u"}                                           | 530 objectId
          DEMERGE        | {"identity":5,"email":["a"]}                               | "5"
          DEMERGE        | {"identity":true}                                          | "true"
          DEMERGE        | {"identity":1.5}                                           | 523 identity
          DEMERGE        | {"identity":{}}                                            | 523 identity
          DEMERGE        | {"identity":null}                                          | 523 identity
          SUBSCRIPTION   | {"type":"email","value":"a@example.com","status":"unsubscribe"} | {"type":"email","value":"a@example.com","status":"Unsubscribe"}
          SUBSCRIPTION   | {"type":"email","value":["a@example.com"],"status":"unsubscribe"} | VALUE_MISSING value
          SUBSCRIPTION   | {"type":"phone","value":14155551234,"status":"unsubscribe"} | 516 value
          DISASSOCIATION | {"value":"+14155551234","extra":[]}                        | {"type":"phone","value":"+14155551234"}
          DISASSOCIATION | {"phone":"+14155551234"}                                   | VALUE_MISSING value
          LIST_MEMBER    | {"type":"i","identity":99,"note":"x"}                      | i,99
          LIST_MEMBER    | {"type":["i"],"identity":99}                               | LIST_TYPE type
          """)
  void mapsJson(RecordKind kind, String line, String told) {
    assertThat(Fixture.told(Fixture.of(kind).mapJson(line)).stripTrailing()).isEqualTo(told);
  }

  @Test
  void goesOnBehindARowThatBrokeOffInTheMiddle() {
    Fixture fixture = Fixture.of(RecordKind.TOKEN);
    Columns columns = fixture.columns("objectId", "id", "type", "p256dh", "auth");
    RecordMapper mapper =
        RecordMapper.of(
            fixture.sync(),
            columns,
            new TypeTally(columns).decide(Map.of()),
            Fixture.LAST_MODIFIED);

    assertThat(
            Stream.of("chrome", "fcm")
                .map(type -> mapper.map(Fixture.row(1, "o", "t", type, "k", null)))
                .map(Fixture::told))
        .containsExactly(
            "535 type",
            "{\"type\":\"token\",\"objectId\":\"o\",\"tokenData\":{\"id\":\"t\",\"type\":\"fcm\"}}");
  }

  @Test
  void namesTheColumnTheValueAndWhatIsAllowed() {
    MappedRow row =
        Fixture.of(RecordKind.SUBSCRIPTION)
            .rename(Map.of("channel", "type"))
            .map(List.of("channel", "value", "status"), "fax", "+14155551234", "Unsubscribe");

    assertThat(((Rejection) row).reason())
        .isEqualTo("channel is \"fax\"; it must be phone or email");
  }
}
