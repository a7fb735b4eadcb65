package io.tapline.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.export.BrokenRow;
import io.tapline.sync.ColumnType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecordMapperTest {

  @ParameterizedTest(name = "{4}")
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          u1 | -  | -          | {"type":"profile","identity":"u1","profileData":{}}                 | by identity
          -  | o1 | -          | {"type":"profile","objectId":"o1","profileData":{}}                 | by objectId
          u1 | o1 | -          | {"type":"profile","objectId":"o1","profileData":{"identity":"u1"}}  | both ids
          u1 | ~~ | 1468308340 | {"type":"profile","identity":"u1","ts":1468308340,"profileData":{}} | an empty id is none
          -  | -  | -          | 523 identity                                                        | no id
          ~~ | ~~ | -          | 523 identity                                                        | empty ids
          NuLL | o1 | -        | 523 identity                                                        | a refused identity beside an objectId
          u1 | -  | 0          | 525 ts                                                              | a time of 0
          u1 | -  | ~~         | 525 ts                                                              | an empty time
          """)
  void addressesProfiles(
      @Nullable String identity,
      @Nullable String objectId,
      @Nullable String ts,
      String told,
      String rule) {
    MappedRow row =
        Fixture.profiles().map(List.of("identity", "objectId", "ts"), identity, objectId, ts);

    assertThat(Fixture.told(row)).isEqualTo(told);
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          u1, -, by identity, identity, u1
          -, o1, by objectId, objectId, o1
          u1, o1, both ids, identity, u1
          """)
  void addressesEvents(
      @Nullable String identity, @Nullable String objectId, String rule, String key, String user) {
    MappedRow row =
        Fixture.events().map(List.of("evtName", "identity", "objectId"), "Hi", identity, objectId);

    assertThat(Fixture.told(row))
        .isEqualTo(
            "{\"type\":\"event\",\"%s\":\"%s\",\"ts\":1700000000,\"evtName\":\"Hi\",\"evtData\":{}}"
                .formatted(key, user));
    assertThat(((Mapped) row).user()).isEqualTo(user);
  }

  @ParameterizedTest
  @CsvSource({
    "undefined",
    "null",
    "na",
    "n/a",
    "0",
    "nil",
    "-1",
    "infinity",
    "-infinity",
    "inf",
    "-inf",
    "nan",
    "-nan",
    "empty",
    "none",
    "xxxxxx",
    "NONE"
  })
  void refusesTheIdentitiesThatCleverTapRefuses(String identity) {
    assertThat(Fixture.told(Fixture.profiles().map(List.of("identity"), identity)))
        .isEqualTo("523 identity");
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource({
    "1468308340, 1468308340, epoch seconds as they are",
    "2020-08-01 00:00:00.000 UTC, 1596240000, a timestamp",
    "2020-08-01T00:00:00Z, 1596240000, ISO-8601 in UTC",
    "0, , zero",
    "-5, , negative",
    "1468308340000, , milliseconds",
    "00000000000000000000, , more digits than a long",
    "1468308340.0, , no integer",
    "2020-08-01, , a bare date",
    "1960-01-01 00:00:00, , before 1970",
    "9999-12-31 00:00:00, , more than ten digits",
  })
  void readsTheTimeOfAnEvent(String ts, @Nullable Long seconds, String rule) {
    MappedRow row = Fixture.events().map(List.of("evtName", "identity", "ts"), "Hi", "u", ts);

    assertThat(Fixture.told(row))
        .startsWith(
            seconds == null
                ? "525 ts"
                : "{\"type\":\"event\",\"identity\":\"u\",\"ts\":" + seconds + ",");
  }

  @Test
  void saysThatATimeLooksLikeMilliseconds() {
    MappedRow row =
        Fixture.events().map(List.of("evtName", "identity", "ts"), "Hi", "u", "1468308340000");

    assertThat(((Rejection) row).reason()).contains("milliseconds");
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          -                 | 509 evtName                  | no name
          ~~                | 509 evtName                  | an empty name
          app launched      | 513 evtName                  | a system event
          WEBPAGE VIEWED    | 513 evtName                  | a system event with other spaces
          a.b               | FORBIDDEN_EVENT_NAME evtName | a dot
          """)
  void checksTheNameOfAnEvent(@Nullable String name, String told, String rule) {
    assertThat(Fixture.told(Fixture.events().map(List.of("evtName", "identity"), name, "u")))
        .isEqualTo(told);
  }

  @Test
  void takesBracketsInTheNameOfAnEvent() {
    assertThat(Fixture.events().map(List.of("evtName", "identity"), "Viewed [1]", "u"))
        .isInstanceOf(Mapped.class);
  }

  @Test
  void asksWhoAnEventIsAbout() {
    assertThat(Fixture.told(Fixture.events().map(List.of("evtName", "identity"), "Hi", null)))
        .isEqualTo("523 identity");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          gender        | m                    | "Gender":"M"
          gender        | x                    | 514 gender
          EMAIL         | a@example.com        | "Email":"a@example.com"
          email         | a@example            | 515 email
          email         | a b@example.com      | 515 email
          phone         | +14155551234         | "Phone":"+14155551234"
          phone         | 14155551234          | 516 phone
          phone         | +04155551234         | 516 phone
          phone         | +1415555             | "Phone":"+1415555"
          phone         | +141555              | 516 phone
          phone         | +1234567890123456    | 516 phone
          employed      | y                    | "Employed":"Y"
          employed      | yes                  | 517 employed
          education     | COLLEGE              | "Education":"College"
          education     | none                 | 518 education
          married       | N                    | "Married":"N"
          married       | 1                    | 519 married
          age           | 41                   | "Age":41
          age           | -1                   | 520 age
          age           | old                  | 520 age
          age           | NaN                  | ~~
          dob           | 1990-05-17           | "DOB":"$D_642902400"
          dob           | 17.05.1990           | TYPE_MISMATCH dob
          msg-email     | 0                    | "MSG-email":false
          MSG-DNDPHONE  | TRUE                 | "MSG-dndPhone":true
          msg-push      | maybe                | TYPE_MISMATCH msg-push
          customer type | 7                    | "Customer Type":"7"
          name          | ~~                   | "Name":""
          phone         | ~~                   | ~~
          gender        | ~~                   | ~~
          """)
  void checksTheFieldsThatCleverTapKnows(String column, String value, String told) {
    MappedRow row = Fixture.profiles().map(List.of("identity", column), "u", value);

    assertThat(Fixture.told(row))
        .isEqualTo(
            told.isEmpty() || told.startsWith("\"")
                ? "{\"type\":\"profile\",\"identity\":\"u\",\"profileData\":{" + told + "}}"
                : told);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          STRING  | 007                 | "007"
          STRING  | NaN                 | "NaN"
          STRING  | ~~                  | ""
          NUMBER  | 1.0E7               | 1.0E7
          NUMBER  | 0.30000000000000004 | 0.30000000000000004
          NUMBER  | 007                 | !
          NUMBER  | true                | !
          NUMBER  | NaN                 | ~~
          NUMBER  | ~~                  | ~~
          BOOLEAN | True                | true
          BOOLEAN | 1                   | true
          BOOLEAN | 0                   | false
          BOOLEAN | 2                   | !
          BOOLEAN | Infinity            | ~~
          DATE    | 2020-08-01          | "$D_1596240000"
          DATE    | -86400              | "$D_-86400"
          DATE    | 1596240000          | "$D_1596240000"
          DATE    | 1596240000000       | !
          DATE    | soon                | !
          DATE    | ~~                  | ~~
          LIST    | ["a",1,true,"a"]    | ["a","1","true"]
          LIST    | [null]              | ~~
          LIST    | a                   | !
          LIST    | ~~                  | ~~
          """)
  void sendsADeclaredType(ColumnType type, String value, String told) {
    MappedRow row =
        Fixture.profiles().types(Map.of("C", type)).map(List.of("identity", "c"), "u", value);

    assertThat(Fixture.told(row))
        .isEqualTo(
            told.equals("!")
                ? "TYPE_MISMATCH c"
                : "{\"type\":\"profile\",\"identity\":\"u\",\"profileData\":{"
                    + (told.isEmpty() ? "" : "\"c\":" + told)
                    + "}}");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          NUMBER  | "007" | zip is "007"; it must be a number such as 12, -0.5 or 1.0E7
          BOOLEAN | "2"   | zip is "2"; it must be a boolean: true, false, 1 or 0
          DATE    | "x"   | zip is "x"; it must be a date such as 2020-08-01, 2020-08-01 00:00:00, 2020-08-01T00:00:00Z or 1596240000
          LIST    | "x"   | zip is "x"; it must be a list: a JSON array of texts, numbers or booleans such as ["a","b"]
          NUMBER  | [1,2] | zip is "[1,2]"; it must be a number, the type of the column
          STRING  | [1,2] | zip is "[1,2]"; it must be a string, the type of the column
          """,
      quoteCharacter = '~')
  void namesColumnTypeAndValueOfAMismatch(ColumnType type, String value, String reason) {
    Fixture fixture = Fixture.profiles().types(Map.of("zip", type));

    MappedRow row = fixture.mapJson("{\"identity\":\"u\",\"zip\":%s}".formatted(value));

    assertThat(row)
        .isEqualTo(new Rejection(1, Rejection.By.TAPLINE, "TYPE_MISMATCH", "zip", reason));
    if (!value.startsWith("[")) {
      assertThat(fixture.map(List.of("identity", "zip"), "u", value.replace("\"", "")))
          .isEqualTo(row);
    }
  }

  @ParameterizedTest(name = "{0} characters")
  @CsvSource({"40, 40, ''", "41, 39, …"})
  void shortensTheValueInAReason(int length, int kept, String end) {
    MappedRow row =
        Fixture.profiles()
            .types(Map.of("c", ColumnType.NUMBER))
            .map(List.of("identity", "c"), "u", "é".repeat(length));

    assertThat(((Rejection) row).reason())
        .startsWith("c is \"" + "é".repeat(kept) + end + "\"; it must be a number");
  }

  @Test
  void sendsConstantColumnsLikeOthers() {
    MappedRow row =
        Fixture.profiles()
            .rename(Map.of("customer_id", "identity", "audience", "Audience Name"))
            .types(Map.of("segment_id", ColumnType.STRING))
            .map(
                List.of("customer_id", "segment_id", "audience", "exported_at"),
                "u",
                "4711",
                "VIPs",
                "2026-11-24 00:00:00.000 UTC");

    assertThat(Fixture.told(row))
        .isEqualTo(
            "{\"type\":\"profile\",\"identity\":\"u\",\"profileData\":{\"segment_id\":\"4711\","
                + "\"Audience Name\":\"VIPs\",\"exported_at\":\"$D_1795478400\"}}");
  }

  @Test
  void rebuildsTheItemsOfACharge() {
    MappedRow row =
        Fixture.events()
            .types(Map.of("Items[2].Price", ColumnType.NUMBER))
            .map(
                List.of(
                    "evtName",
                    "identity",
                    "items[1].Quantity",
                    "Items[0].Book name",
                    "Amount",
                    "Items[1].Category",
                    "Items[2].Price",
                    "Items[3].Category"),
                "Charged",
                "u",
                "2",
                "A \"B\"",
                "30.5",
                null,
                "NaN",
                null);

    assertThat(Fixture.told(row))
        .endsWith(
            "\"evtData\":{\"Amount\":30.5,\"Items\":[{\"Book name\":\"A"
                + " \\\"B\\\"\"},{\"Quantity\":2}]}}");
  }

  @Test
  void takesItemsOnlyForACharge() {
    List<String> header = List.of("evtName", "identity", "Items[0].Category");

    assertThat(Fixture.told(Fixture.events().map(header, "Bought", "u", "books")))
        .isEqualTo("512 Items[0].Category");
    assertThat(Fixture.told(Fixture.events().map(header, "Bought", "u", null))).startsWith("{");
    assertThat(Fixture.told(Fixture.events().map(header, "Charged", "u", null)))
        .endsWith("\"evtData\":{}}");
    assertThat(Fixture.told(Fixture.events().map(header, "Charged", "u", "a".repeat(513))))
        .isEqualTo("VALUE_TOO_LONG Items[0].Category");
  }

  @Test
  void limitsTheProperties() {
    Fixture two = Fixture.events().maxEventProperties(2);
    List<String> header = List.of("evtName", "identity", "a", "b", "Items[0].c", "Items[0].d");

    assertThat(two.map(header, "Charged", "u", "1", null, "2", "3")).isInstanceOf(Mapped.class);
    assertThat(Fixture.told(two.map(header, "Charged", "u", "1", "2", "3", null))).isEqualTo("522");
  }

  @Test
  void hasNoListsInEvents() {
    MappedRow row = Fixture.events().map(List.of("evtName", "identity", "tags"), "Hi", "u", "[1]");

    assertThat(Fixture.told(row)).endsWith("\"evtData\":{\"tags\":\"[1]\"}}");
  }

  @Test
  void goesOnAfterARejection() {
    Columns columns = Fixture.profiles().columns("identity", "plan", "email");
    TypeTally tally = new TypeTally(columns);
    RecordMapper mapper =
        RecordMapper.of(
            Fixture.profiles().sync(), columns, tally.decide(Map.of()), Fixture.LAST_MODIFIED);

    List<String> told = new ArrayList<>();
    for (String email : List.of("a@example.com", "no", "b@example.com")) {
      told.add(Fixture.told(mapper.map(Fixture.row(told.size() + 1, "u", "x", email))));
    }

    assertThat(told)
        .containsExactly(
            "{\"type\":\"profile\",\"identity\":\"u\",\"profileData\":{\"plan\":\"x\",\"Email\":\"a@example.com\"}}",
            "515 email",
            "{\"type\":\"profile\",\"identity\":\"u\",\"profileData\":{\"plan\":\"x\",\"Email\":\"b@example.com\"}}");
    assertThat(mapper.map(new BrokenRow(4, "NUL_BYTE", "A NUL.", null)))
        .isEqualTo(new Rejection(4, Rejection.By.TAPLINE, "NUL_BYTE", null, "A NUL."));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"identity":5,"a":1,"b":1.5,"c":true,"d":"x","e":null} | {"a":1,"b":1.5,"c":true,"d":"x"}
          {"identity":true,"age":"41","phone":"+14155551234"}    | {"Age":41,"Phone":"+14155551234"}
          {"identity":"u","zip":12345}                           | {"zip":"12345"}
          {"identity":"u","tags":["a",1,true,null,"a"]}          | {"tags":["a","1","true"]}
          {"identity":"u","list":["a"]}                          | {"list":["a"]}
          {"identity":"u","list":"[1]"}                          | {"list":["1"]}
          {"identity":"u","tags":[]}                             | {}
          {"identity":"u","d":"2020-08-01T00:00:00Z"}            | {"d":"2020-08-01T00:00:00Z"}
          {"identity":"u","d":"\\ud800"}                         | {"d":"?"}
          {"identity":"u","a.b":null}                            | {}
          {"identity":1.5}                                       | 523 identity
          {"identity":[1]}                                       | 523 identity
          {"objectId":{}}                                        | 526 objectId
          {"identity":"u","ts":[1]}                              | 525 ts
          {"identity":"u","ts":1.5}                              | 525 ts
          {"identity":null}                                      | 523 identity
          {"identity":"u","age":true}                            | 520 age
          {"identity":"u","zip":[1]}                             | TYPE_MISMATCH zip
          {"identity":"u","list":5}                              | TYPE_MISMATCH list
          {"identity":"u","tags":[[1]]}                          | NESTED_VALUE tags
          {"identity":"u","tags":{"a":1}}                        | NESTED_VALUE tags
          {"identity":"u","points":{"$incr":5}}                  | NESTED_VALUE points
          {"identity":"u","a.b":1}                               | FORBIDDEN_COLUMN_NAME a.b
          {"identity":"u","Identity":"u"}                        | DUPLICATE_COLUMN Identity
          {"identity":"u","":1}                                  | ~EMPTY_COLUMN_NAME ~
          """)
  void mapsJsonProfiles(String line, String told) {
    MappedRow row =
        Fixture.profiles()
            .types(Map.of("zip", ColumnType.STRING, "list", ColumnType.LIST))
            .mapJson(line);

    if (told.startsWith("{")) {
      assertThat(Fixture.told(row)).endsWith("\"profileData\":" + told + "}");
    } else {
      assertThat(Fixture.told(row)).isEqualTo(told);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"evtName":"Hi","a":1}                                                   | {"a":1}
          {"evtName":"Charged","Items":[{"a":1,"b":null},null,{},{"c":"x"}],"d":2} | {"d":2,"Items":[{"a":1},{"c":"x"}]}
          {"evtName":"Charged","Items":[]}                                         | {}
          {"evtName":"Charged","items[1].b":2,"Items[0].a":true}                   | {"Items":[{"a":true},{"b":2}]}
          {"evtName":"Charged","Items[0].n":"","Items[1].a":1}                     | {"Items":[{"a":1}]}
          {"evtName":"Charged","Items[0].a":1,"Items":[{"b":1}]}                   | 512 Items
          {"evtName":"Charged","Items":[{"a":[1]}]}                                | 512 Items
          {"evtName":"Charged","Items":[1]}                                        | 512 Items
          {"evtName":"Charged","Items":"x"}                                        | 512 Items
          {"evtName":"Charged","Items":[{"a.b":1}]}                                | FORBIDDEN_COLUMN_NAME Items
          {"evtName":"Charged","Items[0].a":[1]}                                   | 512 Items[0].a
          {"evtName":"Bought","items":[{"a":1}]}                                   | 512 items
          {"evtName":"Bought","Items":[]}                                          | {}
          {"evtName":"Bought","Items[3].a":1}                                      | 512 Items[3].a
          {"evtName":"Hi","a":[1]}                                                 | 512 a
          {"evtName":"Hi","a":{"b":1}}                                             | 512 a
          {"evtName":[1]}                                                          | 509 evtName
          {"a":1}                                                                  | 509 evtName
          """)
  void mapsJsonEvents(String line, String told) {
    MappedRow row =
        Fixture.events()
            .types(Map.of("Items[0].n", ColumnType.NUMBER))
            .mapJson("{\"identity\":\"u\"," + line.substring(1));

    if (told.startsWith("{")) {
      assertThat(Fixture.told(row)).endsWith("\"evtData\":" + told + "}");
    } else {
      assertThat(Fixture.told(row)).isEqualTo(told);
    }
  }

  @Test
  void givesTheBytesOfEachRecordForItself() {
    Mapped first = (Mapped) Fixture.profiles().map(List.of("identity", "name"), "u", "Zoë");

    assertThat(new String(first.bytes(), StandardCharsets.UTF_8)).contains("Zoë");
    assertThat(first.row()).isEqualTo(1);
  }
}
