package io.tapline.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tapline.sync.ColumnType;
import io.tapline.sync.RecordKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ColumnsTest {

  @ParameterizedTest(name = "{0} is sent as {1}")
  @CsvSource({
    "IDENTITY, identity, IDENTITY",
    "objectid, objectId, OBJECT_ID",
    "TS, ts, TIMESTAMP",
    "evtname, evtName, EVENT_NAME",
    "items[0].category, Items[0].category, ITEM",
    "Items[255].Book name, Items[255].Book name, ITEM",
    "email, email, PROPERTY",
  })
  void knowsTheNamesOfAnEvent(String name, String sentAs, Column.Role role) {
    ColumnNames names = new ColumnNames(RecordKind.EVENT, false, Fixture.events().sync());

    assertThat(names.resolve(name))
        .isInstanceOfSatisfying(
            Column.class,
            column -> {
              assertThat(column.name()).isEqualTo(name);
              assertThat(column.sentAs()).isEqualTo(sentAs);
              assertThat(column.role()).isEqualTo(role);
            });
  }

  @ParameterizedTest(name = "{0} is sent as {1}")
  @CsvSource({
    "email, Email, EMAIL",
    "CUSTOMER TYPE, Customer Type, CUSTOMER_TYPE",
    "msg-dndwhatsapp, MSG-dndWhatsApp, MSG_DND_WHATSAPP",
    "evtName, evtName,",
    "Items, Items,",
    "plan, plan,",
  })
  void knowsTheFieldsOfAProfile(String name, String sentAs, KnownField known) {
    Column column = Fixture.profiles().columns("identity", name).all().get(1);

    assertThat(column.sentAs()).isEqualTo(sentAs);
    assertThat(column.known()).isEqualTo(known);
  }

  @Test
  void renamesFirstByTheExactNameThenIgnoringCase() {
    Columns columns =
        Fixture.profiles()
            .rename(Map.of("Customer_Id", "identity", "mail", "other", "Mail", "email"))
            .columns("customer_id", "Mail", "mail");

    assertThat(columns.all())
        .extracting(Column::sentAs)
        .containsExactly("identity", "Email", "other");
  }

  @Test
  void findsTheKeyAndNumberOfAnItem() {
    Column item =
        Fixture.events().columns("evtName", "identity", "Items[12].Book name").all().get(2);

    assertThat(item.item()).isEqualTo(12);
    assertThat(item.key()).isEqualTo("Book name");
  }

  @ParameterizedTest(name = "{2}: {0}")
  @CsvSource(
      textBlock =
          """
          a%b             | FORBIDDEN_COLUMN_NAME | CleverTap's character
          a,b             | FORBIDDEN_COLUMN_NAME | the connector's character
          a.b             | FORBIDDEN_COLUMN_NAME | a dot
          a[0]            | FORBIDDEN_COLUMN_NAME | brackets
          items           | FORBIDDEN_COLUMN_NAME | the list itself in CSV
          Items[256].Key  | FORBIDDEN_COLUMN_NAME | an item number over 255
          Items[01].Key   | FORBIDDEN_COLUMN_NAME | an item number with a leading zero
          Items[x].Key    | FORBIDDEN_COLUMN_NAME | no item number
          Items[0].a.b    | FORBIDDEN_COLUMN_NAME | a dot in an item's key
          Items[0].       | EMPTY_COLUMN_NAME     | an item's key without a name
          ~ ~             | EMPTY_COLUMN_NAME     | a blank name
          IDENTITY        | DUPLICATE_COLUMN      | the same known name in another case
          """,
      delimiter = '|',
      quoteCharacter = '~')
  void refusesNames(String name, String code, String rule) {
    HeaderException e = refusal(Fixture.events(), "evtName", "identity", name);

    assertThat(e.code()).isEqualTo(code);
    assertThat(e).hasMessageContaining('"' + name + '"');
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\tb", "a\u0000b", "a\ud800b", "a\ud800", "\udc00"})
  void refusesWhatIsNoCharacterOfAName(String name) {
    assertThat(refusal(Fixture.profiles(), "identity", name).code())
        .isEqualTo("FORBIDDEN_COLUMN_NAME");
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "a, one byte",
    "é, two bytes",
    "日, three bytes",
    "😀, four bytes",
  })
  void countsTheBytesOfAName(String character, String rule) {
    String longest = character.repeat(120 / character.getBytes(StandardCharsets.UTF_8).length);

    assertThat(Fixture.profiles().columns("identity", longest).all()).hasSize(2);
    assertThat(refusal(Fixture.profiles(), "identity", longest + "a").code())
        .isEqualTo("COLUMN_NAME_TOO_LONG");
    assertThat(Fixture.events().columns("evtName", "identity", "Items[0]." + longest).all().get(2))
        .extracting(Column::key)
        .isEqualTo(longest);
    assertThat(refusal(Fixture.events(), "evtName", "identity", "Items[0]." + longest + "a").code())
        .isEqualTo("COLUMN_NAME_TOO_LONG");
  }

  @Test
  void hasNoItemsInAProfile() {
    assertThat(refusal(Fixture.profiles(), "identity", "Items[0].Key").code())
        .isEqualTo("FORBIDDEN_COLUMN_NAME");
  }

  @Test
  void namesAllProblemsAndTheCodeOfTheFirst() {
    HeaderException e =
        refusal(Fixture.events().types(Map.of("gone", ColumnType.DATE)), "a.b", "c", "c");

    assertThat(e.code()).isEqualTo("FORBIDDEN_COLUMN_NAME");
    assertThat(e.getMessage().split("\n")).hasSize(6);
    assertThat(e).hasMessageContaining("evtName").hasMessageContaining("identity or objectId");
  }

  @Test
  void refusesSettingsOfColumnsThatAreNotThere() {
    Fixture fixture = Fixture.profiles().rename(Map.of("mail", "Email"));

    assertThat(refusal(fixture, "identity").code()).isEqualTo("UNKNOWN_COLUMN");
    assertThat(fixture.columns().areFoundRowByRow()).isTrue();
  }

  @ParameterizedTest(name = "{0} as {1}")
  @CsvSource({
    "identity, STRING",
    "ts, DATE",
    "age, STRING",
    "Email, NUMBER",
  })
  void refusesTypesOfColumnsThatHaveTheirOwn(String name, ColumnType type) {
    HeaderException e =
        refusal(Fixture.profiles().types(Map.of(name, type)), "identity", "ts", "age", "Email");

    assertThat(e.code()).isEqualTo("UNSUPPORTED_TYPE");
  }

  @Test
  void refusesListsInEvents() {
    Fixture fixture = Fixture.events().types(Map.of("tags", ColumnType.LIST));

    assertThat(refusal(fixture, "evtName", "identity", "tags").code())
        .isEqualTo("UNSUPPORTED_TYPE");
  }

  @Test
  void checksTheSettingsOfAnExportWithoutAHeader() {
    assertThat(refusal(Fixture.profiles().types(Map.of("identity", ColumnType.STRING))).code())
        .isEqualTo("UNSUPPORTED_TYPE");
    assertThat(refusal(Fixture.profiles().rename(Map.of("a", "b.c"))).code())
        .isEqualTo("FORBIDDEN_COLUMN_NAME");
  }

  @Test
  void keepsADeclaredType() {
    Columns columns =
        Fixture.profiles()
            .types(Map.of("Zip", ColumnType.STRING, "DOB", ColumnType.DATE))
            .columns("identity", "zip", "dob");

    assertThat(columns.all().get(1).fixedType()).isEqualTo(ColumnType.STRING);
    assertThat(columns.all().get(2).declaredType()).isNull();
    assertThat(columns.all().get(2).fixedType()).isEqualTo(ColumnType.DATE);
  }

  @ParameterizedTest(name = "{0}: {1} is sent as {2}")
  @CsvSource({
    "TOKEN, OBJECTID, objectId, OBJECT_ID",
    "TOKEN, Id, id, TOKEN_ID",
    "TOKEN, type, type, TYPE",
    "TOKEN, P256DH, p256dh, P256DH",
    "TOKEN, auth, auth, AUTH",
    "TOKEN, identity, identity, IGNORED",
    "TOKEN, ts, ts, IGNORED",
    "DEMERGE, Identity, identity, IDENTITY",
    "DEMERGE, objectId, objectId, IGNORED",
    "SUBSCRIPTION, TYPE, type, TYPE",
    "SUBSCRIPTION, value, value, VALUE",
    "SUBSCRIPTION, Status, status, STATUS",
    "SUBSCRIPTION, identity, identity, IGNORED",
    "DISASSOCIATION, Value, value, VALUE",
    "DISASSOCIATION, type, type, IGNORED",
    "LIST_MEMBER, Type, type, TYPE",
    "LIST_MEMBER, identity, identity, IDENTITY",
    "LIST_MEMBER, email, email, IGNORED",
    "PROFILE, type, type, PROPERTY",
    "EVENT, value, value, PROPERTY",
  })
  void knowsTheColumnsOfEachKind(RecordKind kind, String name, String sentAs, Column.Role role) {
    assertThat(new ColumnNames(kind, false, Fixture.of(kind).sync()).resolve(name))
        .isInstanceOfSatisfying(
            Column.class,
            column -> {
              assertThat(column.sentAs()).isEqualTo(sentAs);
              assertThat(column.role()).isEqualTo(role);
              assertThat(column.isTypeFound()).isEqualTo(role == Column.Role.PROPERTY);
            });
  }

  @ParameterizedTest(name = "{0} requires {1}")
  @CsvSource({
    "PROFILE, identity or objectId",
    "EVENT, evtName; identity or objectId",
    "TOKEN, objectId; id; type",
    "DEMERGE, identity",
    "SUBSCRIPTION, type; value; status",
    "DISASSOCIATION, value",
    "LIST_MEMBER, type; identity",
  })
  void namesAllMissingColumnsAtOnce(RecordKind kind, String required) {
    HeaderException e = refusal(Fixture.of(kind), "other");

    assertThat(e.code()).isEqualTo("MISSING_COLUMN");
    List<String> lines = e.getMessage().lines().toList();
    assertThat(lines.subList(0, lines.size() - 1))
        .zipSatisfy(
            List.of(required.split("; ")),
            (line, column) -> assertThat(line).contains("has no column " + column + ","));
    assertThat(lines.getLast()).startsWith("Its columns are \"other\"; if these are values,");
  }

  @Test
  void listsTheFirstOfManyColumns() {
    String[] header = IntStream.rangeClosed(1, 22).mapToObj(n -> "c" + n).toArray(String[]::new);

    assertThat(refusal(Fixture.of(RecordKind.DEMERGE), header).getMessage())
        .contains("\"c20\" and 2 more; if these");
  }

  @Test
  void keepsQuietOfARowThatStandsInPlaceOfTheHeader() {
    assertThat(
            refusal(Fixture.of(RecordKind.DEMERGE), "Pune", "ann@example.com", "+14155551234")
                .getMessage())
        .contains("Its columns are \"Pune\", …, …; if these are values,")
        .doesNotContain("ann", "1415");
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"PROFILE", "EVENT"})
  void asksNothingOfTheNamesOfIgnoredColumns(RecordKind kind) {
    List<String> header = new ArrayList<>();
    KindColumns.of(kind).required().forEach(oneOf -> header.add(oneOf.getFirst().spelling()));
    header.addAll(List.of("", "a.b", "a", "a", "x".repeat(121), "Items[0].Key"));

    assertThat(Columns.of(Fixture.of(kind).sync(), header).all()).hasSameSizeAs(header);
  }

  @Test
  void renamesIgnoredColumnsFirst() {
    Columns columns =
        Fixture.of(RecordKind.TOKEN)
            .rename(Map.of("device", "objectId", "objectId", "old"))
            .columns("device", "objectId", "id", "type");

    assertThat(columns.all())
        .extracting(Column::role)
        .startsWith(Column.Role.OBJECT_ID, Column.Role.IGNORED);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"Value, DUPLICATE_COLUMN", "other, "})
  void refusesARequiredColumnTwice(String name, @Nullable String code) {
    Fixture fixture = Fixture.of(RecordKind.DISASSOCIATION);

    if (code == null) {
      assertThat(fixture.columns("value", name, name).all()).hasSize(3);
    } else {
      assertThat(refusal(fixture, "value", name).code()).isEqualTo(code);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"value", "city"})
  void refusesTypesWhereNothingHasOne(String name) {
    Fixture fixture = Fixture.of(RecordKind.DISASSOCIATION).types(Map.of(name, ColumnType.STRING));

    assertThat(refusal(fixture, "value", "city").code()).isEqualTo("UNSUPPORTED_TYPE");
    assertThat(refusal(fixture).code()).isEqualTo("UNSUPPORTED_TYPE");
  }

  @Test
  void tooManyColumnsAreRefusedBeforeTheirNames() {
    String[] header = new String[Columns.MAX_COLUMNS + 1];
    Arrays.fill(header, "identity");

    assertThat(refusal(Fixture.profiles(), header))
        .hasMessageStartingWith("The export has 2001 columns; it may have 2000.")
        .extracting(HeaderException::code)
        .isEqualTo("TOO_MANY_COLUMNS");
  }

  @Test
  void tellsTheFirstTwentyProblems() {
    String[] header = new String[100];
    Arrays.setAll(header, i -> "a%" + i);

    assertThat(refusal(Fixture.profiles(), header).getMessage().lines())
        .hasSize(21)
        .last()
        .isEqualTo("… and 82 more problems of this kind"); // no identity is one, too
  }

  private static HeaderException refusal(Fixture fixture, String... header) {
    return catchThrowableOfType(
        HeaderException.class, () -> Columns.of(fixture.sync(), List.of(header)));
  }
}
