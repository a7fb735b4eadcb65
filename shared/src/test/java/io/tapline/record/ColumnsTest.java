package io.tapline.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tapline.sync.ColumnType;
import io.tapline.sync.Operation;
import io.tapline.sync.RecordKind;
import io.tapline.sync.Target;
import java.util.List;
import java.util.Map;
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

  @Test
  void countsTheBytesOfAName() {
    assertThat(refusal(Fixture.profiles(), "identity", "é".repeat(61)).code())
        .isEqualTo("COLUMN_NAME_TOO_LONG");
    assertThat(Fixture.profiles().columns("identity", "é".repeat(60)).all()).hasSize(2);
    assertThat(Fixture.profiles().columns("identity", "😀").all()).hasSize(2);
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
    assertThat(e.getMessage().split("\n")).hasSize(5);
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

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UPLOAD_USER_PROFILES")
  void refusesOtherOperations(Operation operation) {
    Fixture fixture = Fixture.profiles().target(Target.USER_PROFILES, operation);

    assertThat(refusal(fixture, "identity").code()).isEqualTo("UNSUPPORTED_OPERATION");
  }

  @Test
  void refusesCustomLists() {
    assertThat(refusal(Fixture.profiles().target(Target.CUSTOM_LIST, null), "identity").code())
        .isEqualTo("UNSUPPORTED_OPERATION");
  }

  private static HeaderException refusal(Fixture fixture, String... header) {
    return catchThrowableOfType(
        HeaderException.class, () -> Columns.of(fixture.sync(), List.of(header)));
  }
}
